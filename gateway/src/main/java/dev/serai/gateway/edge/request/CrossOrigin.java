package dev.serai.gateway.edge.request;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets web pages of chosen origins call the gateway from a browser (Fetch standard, "CORS
 * protocol"). A page sends its API key in a header field, which a preflight request asks for. The
 * gateway never allows credentials that a browser adds by itself, so that {@code *} in the reply
 * exposes all fields. Thread-safe.
 */
final class CrossOrigin {
  static final String ALLOW_ORIGIN = "access-control-allow-origin";

  private static final String EXPOSE = "access-control-expose-headers";
  private static final Set<String> FIELDS =
      Set.of(ALLOW_ORIGIN, EXPOSE, "access-control-allow-credentials");
  private static final String ANY = "*";
  private static final String VARY = "vary";
  private static final String REQUESTED_FIELDS = "access-control-request-headers";

  /** Two hours: the most that a browser keeps. */
  private static final String MAX_AGE = "7200";

  private final boolean any;
  private final Map<String, Headers> allowed = new HashMap<>();
  private final Headers others;

  /**
   * @param origins each as a browser sends it, as {@code https://app.example}; {@code *} for all
   */
  CrossOrigin(List<String> origins) {
    any = origins.contains(ANY);
    others = others(origins.isEmpty());
    origins.forEach(origin -> allowed.put(origin, fields(origin).add(VARY, "origin")));
  }

  private Headers others(boolean none) {
    if (any) {
      return fields(ANY);
    }
    return none ? Headers.NONE : new HeaderFields().add(VARY, "origin");
  }

  private static HeaderFields fields(String origin) {
    return new HeaderFields().add(ALLOW_ORIGIN, origin).add(EXPOSE, ANY);
  }

  /** Whether a field says who may read a reply. */
  static boolean isOf(String name) {
    return FIELDS.contains(name.toLowerCase(Locale.ROOT));
  }

  boolean allows(String origin) {
    return any || allowed.containsKey(origin);
  }

  /**
   * The fields of every reply, also of a refused request.
   *
   * @param origin of the page; null if the request has none
   */
  Headers reply(@Nullable String origin) {
    return any || origin == null ? others : allowed.getOrDefault(origin, others);
  }

  /** The reply to a preflight request: any method, and the fields that the page wants to send. */
  static HeaderFields preflight(Headers request) {
    HeaderFields reply =
        new HeaderFields()
            .add("access-control-allow-methods", "DELETE, GET, HEAD, PATCH, POST, PUT")
            .add("access-control-max-age", MAX_AGE)
            .add(VARY, REQUESTED_FIELDS);
    String wanted = String.join(", ", request.list(REQUESTED_FIELDS));
    return wanted.isEmpty() ? reply : reply.add("access-control-allow-headers", wanted);
  }
}
