package dev.serai.processors.support;

import dev.serai.core.http.HeaderFields;

/** The header fields that protect a web page and its user. Stateless. */
public final class PageFields {
  private static final HeaderFields FIELDS =
      new HeaderFields()
          .add("x-content-type-options", "nosniff")
          .add("x-frame-options", "DENY")
          .add("referrer-policy", "no-referrer")
          .add("cross-origin-opener-policy", "same-origin")
          .add("cross-origin-resource-policy", "same-origin")
          .add("permissions-policy", "camera=(), geolocation=(), microphone=()");

  private PageFields() {}

  /** Adds those that are missing. */
  public static HeaderFields addTo(HeaderFields reply) {
    FIELDS.forEach(
        (name, value) -> {
          if (reply.first(name).isEmpty()) {
            reply.add(name, value);
          }
        });
    return reply;
  }
}
