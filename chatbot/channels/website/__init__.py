"""Parts of the web channel: sessions, limits, history, pages."""
