package dev.serai.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person opens the console in a browser, logs in at the provider, looks around, and logs out. */
@Tag("needs-chromium")
class LoginInABrowserTest {
  private static final int PATIENCE_MILLIS = 60_000;

  @Test
  void theConsoleOpensToAnAdministratorAndToNobodyElse(@TempDir Path folder) throws Exception {
    try (LoginGateway site = LoginGateway.start(folder, Map.of("SERAI_CONSOLE", "true"));
        Playwright playwright = Playwright.create(Chromium.withoutDownload());
        Browser browser = playwright.chromium().launch(Chromium.installed())) {
      aUserIsToldWhatItLacks(browser, site.url());
      site.provider().claim("roles", "[\"llm-admins\"]");
      BrowserContext context = browser.newContext();
      Page page = context.newPage();
      page.setDefaultTimeout(PATIENCE_MILLIS);
      anAdministratorSeesTheRoutes(page, site.url());
      theSessionEndsForTheConsoleToo(page, site.url());
      assertThat(site.provider().logouts()).hasSize(1);
    }
  }

  private static void aUserIsToldWhatItLacks(Browser browser, String url) {
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
