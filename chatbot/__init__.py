"""The e-commerce careers chatbot: knowledge, dialogue, answers, wording and the Rasa glue."""
