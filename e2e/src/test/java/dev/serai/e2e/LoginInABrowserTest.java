package dev.serai.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.serai.gateway.edge.tls.Pki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person opens the console in a browser, logs in at the identity provider, looks around, and logs
 * out.
 */
@Tag("needs-chromium")
class LoginInABrowserTest {
  private static final int PATIENCE_MILLIS = 60_000;

  @Test
  void onlyAnAdministratorMayOpenTheConsole(@TempDir Path folder) throws Exception {
    try (LoginGateway site = LoginGateway.start(folder, Map.of("SERAI_CONSOLE", "true"));
        Playwright playwright = Playwright.create(Chromium.withoutDownload());
        Browser browser = playwright.chromium().launch(Chromium.installed())) {
      aUserSeesWhichPermissionItLacks(browser, site.url());
      site.issuer().claim("roles", "[\"llm-admins\"]");
      BrowserContext context = browser.newContext();
      Page page = context.newPage();
      page.setDefaultTimeout(PATIENCE_MILLIS);
      anAdministratorSeesTheRoutes(page, site.url());
      theSessionEndsForTheConsoleToo(page, site.url());
      assertThat(site.issuer().logouts()).hasSize(1);
    }
  }

  /** Chromium speaks HTTP/2 there, and accepts a name with __Host- from nothing less. */
  @Test
  void withTlsTheCookieIsBoundToTheHost(@TempDir Path folder) throws Exception {
    Path certificates = Files.createDirectory(folder.resolve("pki"));
    Pki pki = Pki.in(certificates, new Pki.Wanted("server", "CN=gateway", "ip:127.0.0.1"));
    Map<String, String> environment = Map.of("SERAI_CONSOLE", "true");
    try (LoginGateway site = LoginGateway.startWithTls(folder, environment, pki);
        Playwright playwright = Playwright.create(Chromium.withoutDownload());
        Browser browser = playwright.chromium().launch(Chromium.installed());
        BrowserContext context =
            browser.newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
      site.issuer().claim("roles", "[\"llm-admins\"]");
      Page page = context.newPage();
      page.setDefaultTimeout(PATIENCE_MILLIS);
      anAdministratorSeesTheRoutes(page, site.url());
      assertThat(context.cookies(site.url()))
          .filteredOn(cookie -> cookie.name.equals("__Host-serai-session"))
          .singleElement()
          .satisfies(
              cookie -> {
                assertThat(cookie.secure).isTrue();
                assertThat(cookie.httpOnly).isTrue();
                assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
              });
      theSessionEndsForTheConsoleToo(page, site.url());
      assertThat(context.cookies(site.url()))
          .noneMatch(cookie -> cookie.name.startsWith("__Host-serai-session"));
    }
  }

  private static void aUserSeesWhichPermissionItLacks(Browser browser, String url) {
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      page.navigate(url + "/hawtio/");
      page.locator("#approve").click();
      assertThat(page.locator("body")).containsText("admin:read", patient());
      page.navigate(url + "/docs");
      assertThat(page.locator(".opblock").first()).isVisible(visibly());
    }
  }

  private static void anAdministratorSeesTheRoutes(Page page, String url) {
    page.navigate(url + "/hawtio/");
    assertThat(page.locator("#approve")).isVisible(visibly());
    page.locator("#approve").click();
    assertThat(page)
        .hasURL(
            Pattern.compile(".*/hawtio/camel.*"),
            new PageAssertions.HasURLOptions().setTimeout(PATIENCE_MILLIS));
    assertThat(page.locator("#camel-tree-view").getByText("attempt").first()).isVisible(visibly());
  }

  private static void theSessionEndsForTheConsoleToo(Page page, String url) {
    page.navigate(url + "/hawtio/auth/logout");
    page.locator("button").click();
    assertThat(page.locator("body")).containsText("You are logged out", patient());
    page.navigate(url + "/hawtio/");
    assertThat(page.locator("#approve")).isVisible(visibly());
  }

  private static LocatorAssertions.ContainsTextOptions patient() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
  }

  private static LocatorAssertions.IsVisibleOptions visibly() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
  }
}
