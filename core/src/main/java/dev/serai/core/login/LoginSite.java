package dev.serai.core.login;

import dev.serai.core.caller.Credential;
import dev.serai.core.http.Headers;
import dev.serai.core.http.PercentEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The gateway as browsers see it: its origin and the names of its cookies. Over https, the names
 * begin with {@code __Host-}, so that no other host and no plain connection can set them (RFC
 * 6265bis, section 4.1.3.2). Immutable.
 *
 * @param origin scheme, host and port, in lower case, as browsers write it in the field Origin
 */
public record LoginSite(String origin) {
  /** Where a login begins. */
  public static final String LOGIN = "/login";

  /** Where the identity provider sends the browser back to. */
  public static final String CALLBACK = "/login/callback";

  /** Where a session ends. */
  public static final String LOGOUT = "/logout";

  private static final String HOST = "__Host-";
  private static final String PREFIX = "serai-";
  private static final int MAX_ID = 128;
  private static final int MAX_PATH = 1024;

  public LoginSite {
    origin = origin.toLowerCase(Locale.ROOT);
  }

  private boolean secure() {
    return origin.startsWith("https:");
  }

  /** The whole name of a cookie. */
  public String cookie(String name) {
    return (secure() ? HOST + PREFIX : PREFIX) + name;
  }

  /** Whether a cookie, as {@code name=value}, is one of the gateway. */
  public static boolean isOwn(String cookie) {
    return cookie.startsWith(PREFIX) || cookie.startsWith(HOST + PREFIX);
  }

  /**
   * A Set-Cookie field. The cookie is sent when another site leads here (SameSite=Lax), as the
   * identity provider does.
   *
   * @param seconds that the browser keeps it; 0 to remove it, -1 until the browser ends
   */
  public String setCookie(String name, String value, long seconds) {
    return cookie(name)
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Lax"
        + (secure() ? "; Secure" : "")
        + (seconds < 0 ? "" : "; Max-Age=" + seconds);
  }

  /** The ID of the session that a request names; empty if it names none, or several. */
  public Optional<Credential.Session> session(Headers request) {
    return value(request, "session")
        .filter(id -> id.length() <= MAX_ID)
        .map(Credential.Session::new);
  }

  /** The value of a cookie; empty if it is missing, empty, or there twice. */
  public Optional<String> value(Headers request, String name) {
    String prefix = cookie(name) + "=";
    List<String> found =
        cookies(request).stream().filter(cookie -> cookie.startsWith(prefix)).toList();
    return found.size() == 1
        ? Optional.of(found.getFirst().substring(prefix.length())).filter(it -> !it.isEmpty())
        : Optional.empty();
  }

  /** The cookies of a request, each as {@code name=value} (RFC 6265, section 4.2.1). */
  public static List<String> cookies(Headers request) {
    List<String> cookies = new ArrayList<>(2);
    request.forEachNamed(
        field -> field.length() == 6 && "cookie".equalsIgnoreCase(field.toString()),
        (_, value) -> {
          for (String cookie : value.split(";")) {
            cookies.add(cookie.strip());
          }
        });
    return cookies;
  }

  /** Whether a page of this site has sent a request that changes something. */
  public boolean isFromHere(Headers request) {
    return request.first("origin").filter(sent -> sent.equalsIgnoreCase(origin)).isPresent();
  }

  /** The address that begins a login and leads back to a page. */
  public String loginAddress(String path) {
    return origin + LOGIN + "?return=" + PercentEncoding.encode(path, "/");
  }

  /**
   * The address of a page of this site. Whatever the path is, the address stays on this site.
   *
   * @param path as a browser or its user gave it; one that is not a plain absolute path counts as /
   */
  public String address(String path) {
    return origin + (isPath(path) ? path : "/");
  }

  /** Whether a path, with or without a query, leads to a page of this site and nowhere else. */
  public static boolean isPath(String path) {
    return path.startsWith("/")
        && !path.startsWith("//")
        && path.length() <= MAX_PATH
        && path.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\' && c != '#');
  }

  /** Whether a person reads the reply to a request: a browser that opens a page accepts HTML. */
  public static boolean wantsPage(Headers request) {
    return request
        .first("accept")
        .filter(accepted -> accepted.toLowerCase(Locale.ROOT).contains("text/html"))
        .isPresent();
  }
}
