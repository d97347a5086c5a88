"""The topics (what is asked): their ids are intent names and values of `answered.topic`."""

from __future__ import annotations

DUTIES = "duties"
SKILLS = "skills"
TOOLS = "tools"
COLLABORATION = "collaboration"
CAREER_PATH = "career_path"
COMPARE = "compare"
GROUP_OF_ROLE = "group_of_role"
ROLES_IN_GROUP = "roles_in_group"
GROUP_OVERVIEW = "group_overview"
LIST_GROUPS = "list_groups"
ROLES_BY_SKILL = "roles_by_skill"
RECOMMEND = "recommend"
DEMAND = "demand"
DEFINE = "define"
COMPANY_EXAMPLE = "company_example"
BUSINESS_MODELS = "business_models"
PROCESS = "process"
DIVISION_OF_LABOUR = "division_of_labour"
QUIZ = "quiz"
GREET = "greet"
GOODBYE = "goodbye"
THANKS = "thanks"
HELP = "help"
BOT_CHALLENGE = "bot_challenge"
FEEDBACK = "feedback"
SUMMARY = "summary"
OUT_OF_SCOPE = "out_of_scope"

# Set by the dialogue only, never by the classifier.
CLARIFY = "clarify"
UNKNOWN_ROLE = "unknown_role"

# Intents that are answered through the conversation and are no topics themselves.
AFFIRM = "affirm"
DENY = "deny"
FOLLOW_UP = "follow_up"

# Sides of a topic (`Question.aspect`): where a role leads, and who carries a company's example.
ONWARD = "onward"
WHO = "who"
# Reasons of a question on `recommend` by which the interview speaks, and those it is offered by.
INTERVIEW_STEPS = ("ask", "first", "repeat", "waits", "stopped", "why", "left", "meaning", "choose")
INTERVIEW_OFFERS = ("start", "resume")

ROLE_TOPICS = (DUTIES, SKILLS, TOOLS, COLLABORATION, CAREER_PATH, COMPARE, GROUP_OF_ROLE)
GROUP_TOPICS = (ROLES_IN_GROUP, GROUP_OVERVIEW)
SMALL_TALK = (GREET, GOODBYE, THANKS, HELP, BOT_CHALLENGE, FEEDBACK)
INTENTS = (
    *ROLE_TOPICS,
    *GROUP_TOPICS,
    LIST_GROUPS,
    ROLES_BY_SKILL,
    RECOMMEND,
    DEMAND,
    DEFINE,
    COMPANY_EXAMPLE,
    BUSINESS_MODELS,
    PROCESS,
    DIVISION_OF_LABOUR,
    QUIZ,
    SUMMARY,
    *SMALL_TALK,
    OUT_OF_SCOPE,
    AFFIRM,
    DENY,
    FOLLOW_UP,
)
TOPICS = tuple(t for t in INTENTS if t not in (AFFIRM, DENY, FOLLOW_UP)) + (CLARIFY, UNKNOWN_ROLE)
