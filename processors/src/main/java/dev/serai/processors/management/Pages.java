package dev.serai.processors.management;

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
public final class Pages {
  private static final Set<String> NAMES = Set.of("limit", "after", "tenant");
  private static final int DEFAULT_PAGE = 20;
  private static final int MAX_PAGE = 100;

  private Pages() {}

  /**
   * A page.
   *
   * @param more whether others follow
   */
  public record Page<T>(List<T> items, boolean more) {}

  /**
   * Reads the page that a request asks for.
   *
   * @throws CallerProblem 400 if a parameter is unknown, given twice or wrong
   * @throws PermissionProblem 403 if the caller may not see that tenant
   */
  public static <T> Page<T> read(
      InboundRequest request, Caller caller, Function<KeyQuery, List<T>> store) {
    Map<String, String> query = QueryString.of(request.query()).byName(NAMES);
    int limit = QueryNumber.limit(Optional.ofNullable(query.get("limit")), DEFAULT_PAGE, MAX_PAGE);
    Optional<String> after = Optional.ofNullable(query.get("after"));
    List<T> found = store.apply(new KeyQuery(tenant(query, caller), after, limit + 1));
    boolean more = found.size() > limit;
    return new Page<>(more ? found.subList(0, limit) : found, more);
  }

  /**
   * Refuses the parameters of a request for a list that is never split into pages.
   *
   * @throws CallerProblem 400 if it has any
   */
  public static void requireNone(InboundRequest request) {
    QueryString.of(request.query()).byName(Set.of());
  }

  private static Optional<String> tenant(Map<String, String> query, Caller caller) {
    Optional<String> asked = Optional.ofNullable(query.get("tenant"));
    Optional<String> only = KeyRights.onlyTenant(caller);
    if (only.isPresent() && asked.isPresent() && !asked.equals(only)) {
      throw new PermissionProblem(
          "permission_denied",
          "The caller may list what belongs to its own tenant only.",
          Optional.of("tenant"));
    }
    return only.or(() -> asked);
  }
}
