package dev.serai.adapters.dialects.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the addresses of public pages of vendors in a message that all other URLs are removed from:
 * their documentation, and where accounts are managed. The hosts are a fixed list, so that no
 * address of a provider's own network is among them. What could carry an ID or a secret is not
 * kept: user names, ports, queries, and parts of paths that are not words. For one message; not
 * thread-safe.
 */
final class PublicPages {
  private static final List<String> HOSTS =
      List.of(
          "openai.com",
          "platform.openai.com",
          "help.openai.com",
          "status.openai.com",
          "anthropic.com",
          "www.anthropic.com",
          "docs.anthropic.com",
          "console.anthropic.com",
          "support.anthropic.com",
          "docs.claude.com",
          "platform.claude.com",
          "support.claude.com",
          "ai.google.dev",
          "aistudio.google.com",
          "cloud.google.com",
          "docs.aws.amazon.com",
          "learn.microsoft.com",
          "docs.mistral.ai",
          "console.mistral.ai",
          "console.groq.com",
          "openrouter.ai",
          "docs.x.ai",
          "console.x.ai",
          "docs.together.ai",
          "docs.fireworks.ai",
          "docs.cohere.com",
          "dashboard.cohere.com",
          "api-docs.deepseek.com",
          "platform.deepseek.com",
          "help.aliyun.com",
          "errors.pydantic.dev");

  private static final String WORD = "(?:[A-Za-z]{1,24}\\d{0,2}|\\d{1,4})";
  private static final String WORDS = WORD + "(?:[-_.]" + WORD + "){0,12}";

  private static final Pattern PAGE =
      Pattern.compile(
          "(?<![\\w/.@:-])https://(?:"
              + String.join("|", HOSTS.stream().map(Pattern::quote).toList())
              + ")(?:/"
              + WORDS
              + "){0,12}+/?(?:#"
              + WORDS
              + ")?(?=[.,;:!)\\]}>\"'`]{0,4}(?:\\s|$))");

  /** Private characters that stand for pages; those that a message has itself are removed. */
  private static final char FIRST = '\uE000';

  private static final int MAX_PAGES = 32;
  private static final Pattern MARKS = Pattern.compile("[\uE000-\uE01F]");

  private final List<String> pages = new ArrayList<>();

  /** The text with a mark in the place of every page. */
  String hidden(String text) {
    return PAGE.matcher(MARKS.matcher(text).replaceAll(""))
        .replaceAll(
            page -> {
              if (pages.size() == MAX_PAGES) {
                return Matcher.quoteReplacement(page.group());
              }
              pages.add(page.group());
              return String.valueOf((char) (FIRST + pages.size() - 1));
            });
  }

  /** The text with the pages in the place of their marks. */
  String restored(String text) {
    if (pages.isEmpty()) {
      return text;
    }
    StringBuilder whole = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int page = text.charAt(i) - FIRST;
      if (page >= 0 && page < pages.size()) {
        whole.append(pages.get(page));
      } else {
        whole.append(text.charAt(i));
      }
    }
    return whole.toString();
  }
}
