package dev.serai.adapters.dialects.translation;

import dev.serai.core.http.PercentEncoding;

/** The token that leads from one page of a list to the next. For one list; not thread-safe. */
public final class PageToken {
  private static final int MAX_LENGTH = 2048;

  private String token = "";

  /**
   * Moves to the next page.
   *
   * @param next the token in the page that was read; empty on the last one
   * @return whether there is a next page; a token that is repeated or too long leads to none
   */
  public boolean advance(String next) {
    boolean more = !next.isEmpty() && !next.equals(token) && next.length() <= MAX_LENGTH;
    token = more ? next : "";
    return more;
  }

  /** Goes back to the first page. */
  public void reset() {
    token = "";
  }

  /** The parameter that asks for the page, with an ampersand before it; empty for the first one. */
  public String parameter(String name) {
    return token.isEmpty() ? "" : "&" + name + "=" + PercentEncoding.encode(token, "");
  }
}
