package dev.serai.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import dev.serai.config.Settings;
import dev.serai.gateway.Gateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator opens the console in a browser and watches a call pass. */
@Tag("needs-chromium")
class ConsoleInABrowserTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("serai.checkout", ".."));
  private static final String PASSWORD = "correct horse";
  private static final int PATIENCE_MILLIS = 60_000;

  @Test
  void theRoutesTheirDiagramAndTheirCountersAreSeen(@TempDir Path folder) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("SERVER_PORT", "0");
    environment.put("SERAI_CONSOLE", "true");
    environment.put("SERAI_CONSOLE_PASSWORD", PASSWORD);
    try (Gateway gateway =
            Gateway.start(Settings.load(environment, folder), environment, CHECKOUT);
        Playwright playwright = Playwright.create(Chromium.withoutDownload());
        Browser browser = playwright.chromium().launch(Chromium.installed())) {
      assertThat(gateway.console()).isPresent();
      URI address = URI.create("http://127.0.0.1:" + gateway.port());
      Page page = browser.newPage();
      page.setDefaultTimeout(PATIENCE_MILLIS);
      logIn(page, address);
      seeTheRoutes(page);
      seeACallBeingCounted(page, address);
    }
  }

  private static void logIn(Page page, URI address) {
    page.navigate(address + "/hawtio/");
    fill(page, "wrong");
    assertThat(page.getByText("Invalid login credentials")).isVisible(patient());
    assertThat(page.url()).endsWith("/hawtio/login");
    fill(page, PASSWORD);
  }

  private static void fill(Page page, String password) {
    page.locator("#pf-login-username-id").fill("admin");
    page.locator("#pf-login-password-id").fill(password);
    page.locator("button[type=submit]").click();
  }

  private static void seeTheRoutes(Page page) {
    assertThat(page).hasURL(Pattern.compile(".*/hawtio/camel.*"), landed());
    for (String route : List.of("chat", "console", "adapter-persona", "attempt")) {
      assertThat(inTree(page, route)).isVisible(patient());
    }
    inTree(page, "attempt").click();
    assertThat(page.locator("a[href*='/camel/source']").first()).isHidden();
    page.getByText("Route Diagram").first().click();
    assertThat(page.locator(".react-flow__node").nth(3)).isVisible(patient());
    // A straight line has no width, so it never counts as visible.
    assertThat(page.locator("svg path.react-flow__edge-path").nth(2)).isAttached(attached());
  }

  private static void seeACallBeingCounted(Page page, URI address) throws Exception {
    page.getByText("Attributes").first().click();
    Locator total =
        page.locator("tr")
            .filter(
                new Locator.FilterOptions()
                    .setHas(
                        page.getByText(
                            "ExchangesTotal", new Page.GetByTextOptions().setExact(true))));
    assertThat(total).hasText("ExchangesTotal0", shown());
    call(address);
    assertThat(total).hasText("ExchangesTotal1", shown());
  }

  private static void call(URI address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
            .header("content-type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"model\":\"persona/guide\",\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"How do I add a provider?\"}]}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private static Locator inTree(Page page, String name) {
    return page.locator("#camel-tree-view")
        .getByText(name, new Locator.GetByTextOptions().setExact(true))
        .first();
  }

  private static LocatorAssertions.IsVisibleOptions patient() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
  }

  private static LocatorAssertions.IsAttachedOptions attached() {
    return new LocatorAssertions.IsAttachedOptions().setTimeout(PATIENCE_MILLIS);
  }

  private static LocatorAssertions.HasTextOptions shown() {
    return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS);
  }

  private static PageAssertions.HasURLOptions landed() {
    return new PageAssertions.HasURLOptions().setTimeout(PATIENCE_MILLIS);
  }
}
