package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.PermissionProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Lists by page: {@code limit}, {@code after} and {@code tenant} of a query. Pure. */
final class Pages {
  private static final Set<String> NAMES = Set.of("limit", "after", "tenant");
  private static final int DEFAULT_PAGE = 20;
  private static final int MAX_PAGE = 100;

  private Pages() {}

  /**
   * A page.
   *
   * @param more whether others follow
   */
  record Page<T>(List<T> items, boolean more) {}

  /**
   * Reads the page that a request asks for.
   *
   * @throws CallerProblem 400 if a parameter is unknown, given twice or wrong
   * @throws PermissionProblem 403 if the caller may not see that tenant
   */
  static <T> Page<T> read(
      InboundRequest request, Caller caller, Function<KeyQuery, List<T>> store) {
    Map<String, String> query = QueryString.of(request.query()).byName(NAMES);
    int limit = limit(query);
    Optional<String> after = Optional.ofNullable(query.get("after"));
    List<T> found = store.apply(new KeyQuery(tenant(query, caller), after, limit + 1));
    boolean more = found.size() > limit;
    return new Page<>(more ? found.subList(0, limit) : found, more);
  }

  private static int limit(Map<String, String> query) {
    String written = query.getOrDefault("limit", Integer.toString(DEFAULT_PAGE));
    int limit = written.matches("[0-9]{1,3}") ? Integer.parseInt(written) : 0;
    if (limit < 1 || limit > MAX_PAGE) {
      throw CallerProblem.invalid("limit", "The limit is 1 to " + MAX_PAGE + ".");
    }
    return limit;
  }

  private static Optional<String> tenant(Map<String, String> query, Caller caller) {
    Optional<String> asked = Optional.ofNullable(query.get("tenant"));
    Optional<String> only = KeyRights.onlyTenant(caller);
    if (only.isPresent() && asked.isPresent() && !asked.equals(only)) {
      throw new PermissionProblem(
          "permission_denied",
          "The API key may list what belongs to its own tenant only.",
          Optional.of("tenant"));
    }
    return only.or(() -> asked);
  }
}
