package dev.serai.processors.login;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.login.BrowserLogin;
import dev.serai.core.login.LoginSite;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.PageFields;
import java.nio.charset.StandardCharsets;

/** Writes the pages and redirects of a login. No cache may keep them. Stateless. */
final class LoginPage {
  private static final String POLICY =
      "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
  private static final String LINK = "<p><a href=\"" + LoginSite.LOGIN + "\">Log in</a></p>";

  private LoginPage() {}

  static Reply redirect(BrowserLogin.Redirect to) {
    HeaderFields fields = new HeaderFields().add("location", to.location());
    to.cookies().forEach(cookie -> fields.add("set-cookie", cookie));
    return reply(303, fields, "");
  }

  static Reply problem(GatewayProblem problem) {
    return page(
        problem.status(), "Not logged in", "<p>" + escaped(problem.message()) + "</p>" + LINK);
  }

  /**
   * The page that logs out. A form of a page without a referrer has no usable Origin, so this page
   * has one (Fetch standard, "append a request Origin header").
   */
  static Reply logout(boolean loggedIn) {
    return loggedIn
        ? page(
            200,
            "Log out",
            "<form method=\"post\" action=\""
                + LoginSite.LOGOUT
                + "\"><button type=\"submit\">Log out</button></form>")
        : page(200, "Logged out", "<p>You are logged out.</p>" + LINK);
  }

  private static Reply page(int status, String title, String content) {
    HeaderFields fields =
        new HeaderFields()
            .add("content-type", "text/html; charset=utf-8")
            .add("content-security-policy", POLICY)
            .add("referrer-policy", "same-origin");
    String html =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Serai: "
            + title
            + "</title></head><body><h1>"
            + title
            + "</h1>"
            + content
            + "</body></html>";
    return reply(status, fields, html);
  }

  private static Reply reply(int status, HeaderFields fields, String html) {
    return new Reply.Complete(
        status,
        PageFields.addTo(fields.add("cache-control", "no-store")),
        html.getBytes(StandardCharsets.UTF_8));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
