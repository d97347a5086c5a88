/** What the interface says, in English and Chinese. The bot's own answers come from the server. */
import type { Problem } from "./problem.ts";
import type { Language } from "./options.ts";

export interface Texts {
  readonly lang: string;
  readonly title: string;
  readonly openChat: (title: string) => string;
  readonly closeChat: string;
  readonly unread: (count: number) => string;
  readonly conversation: string;
  readonly youSaid: string;
  readonly botSaid: string;
  readonly writing: string;
  readonly sending: string;
  readonly suggestions: string;
  readonly placeholder: string;
  readonly yourMessage: string;
  readonly send: string;
  readonly hint: string;
  readonly charactersLeft: (count: number) => string;
  readonly charactersOver: (count: number) => string;
  readonly source: string;
  readonly enlarge: (alt: string) => string;
  readonly close: string;
  readonly restart: string;
  readonly restartQuestion: string;
  readonly restartYes: string;
  readonly cancel: string;
  readonly restarted: string;
  readonly about: string;
  readonly back: string;
  readonly version: string;
  readonly reviewed: string;
  readonly licence: string;
  readonly sentTo: (host: string) => string;
  readonly connecting: string;
  readonly renewed: string;
  readonly tryAgain: string;
  readonly tryAgainIn: (seconds: number) => string;
  readonly problem: (problem: Problem) => string;
}

const EN: Texts = {
  lang: "en",
  title: "Careers assistant",
  openChat: (title) => `Open chat: ${title}`,
  closeChat: "Close chat",
  unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  conversation: "Conversation",
  youSaid: "You said:",
  botSaid: "Answer:",
  writing: "Writing an answer",
  sending: "Sending",
  suggestions: "You can ask",
  placeholder: "Ask about a job…",
  yourMessage: "Your message",
  send: "Send",
  hint: "Enter sends, Shift and Enter begins a new line.",
  charactersLeft: (count) => (count === 1 ? "1 character left" : `${count} characters left`),
  charactersOver: (count) => (count === 1 ? "1 character too long" : `${count} characters too long`),
  source: "Source:",
  enlarge: (alt) => `Enlarge picture: ${alt}`,
  close: "Close",
  restart: "Start again",
  restartQuestion: "Forget this conversation and start again?",
  restartYes: "Start again",
  cancel: "Cancel",
  restarted: "A new conversation has begun.",
  about: "About this bot",
  back: "Back to the conversation",
  version: "Version",
  reviewed: "Knowledge reviewed",
  licence: "Licence",
  sentTo: (host) => `What you write is sent to ${host}.`,
  connecting: "Connecting…",
  renewed: "You have been away for a while, so the bot no longer knows what was said above.",
  tryAgain: "Try again",
  tryAgainIn: (seconds) => `Try again in ${seconds} s`,
  problem: (problem) => {
    switch (problem.code) {
      case "offline":
        return "You are offline. Your message is kept.";
      case "network":
        return "The bot cannot be reached. Your message is kept.";
      case "timeout":
        return "The bot takes too long to answer.";
      case "too_many":
        return "That was a lot of messages. Please wait a moment.";
      case "too_large":
        return "This message is too long.";
      case "unavailable":
        return "The bot is not available just now.";
      case "origin":
        return "The bot does not allow this website to use it.";
      default:
        return problem.message || "Something went wrong.";
    }
  },
};

const ZH: Texts = {
  lang: "zh-Hans",
  title: "电商职业助手",
  openChat: (title) => `打开聊天：${title}`,
  closeChat: "关闭聊天",
  unread: (count) => `${count} 条新消息`,
  conversation: "对话",
  youSaid: "你说：",
  botSaid: "回答：",
  writing: "正在输入",
  sending: "正在发送",
  suggestions: "你可以问",
  placeholder: "想了解哪个职位？",
  yourMessage: "你的消息",
  send: "发送",
  hint: "按 Enter 发送，按 Shift 加 Enter 换行。",
  charactersLeft: (count) => `还可输入 ${count} 个字符`,
  charactersOver: (count) => `超出 ${count} 个字符`,
  source: "来源：",
  enlarge: (alt) => `放大图片：${alt}`,
  close: "关闭",
  restart: "重新开始",
  restartQuestion: "清除当前对话并重新开始？",
  restartYes: "重新开始",
  cancel: "取消",
  restarted: "新的对话已开始。",
  about: "关于本助手",
  back: "返回对话",
  version: "版本",
  reviewed: "知识审核日期",
  licence: "许可",
  sentTo: (host) => `你输入的内容会发送到 ${host}。`,
  connecting: "正在连接…",
  renewed: "你离开了一段时间，助手已不记得上面的内容。",
  tryAgain: "重试",
  tryAgainIn: (seconds) => `${seconds} 秒后可重试`,
  problem: (problem) => {
    switch (problem.code) {
      case "offline":
        return "当前没有网络，你的消息已保留。";
      case "network":
        return "暂时无法连接助手，你的消息已保留。";
      case "timeout":
        return "助手回复超时。";
      case "too_many":
        return "消息发送过于频繁，请稍候。";
      case "too_large":
        return "这条消息太长。";
      case "unavailable":
        return "助手暂时不可用。";
      case "origin":
        return "助手不允许此网站使用。";
      default:
        return problem.message || "出错了。";
    }
  },
};

/** Returns the interface texts of a language. */
export function textsOf(language: Language): Texts {
  return language === "zh" ? ZH : EN;
}
