package dev.serai.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.serai.config.Settings;
import dev.serai.gateway.Gateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API page in a real browser, under its own content security policy. */
@Tag("needs-chromium")
class ApiPageInABrowserTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("serai.checkout", ".."));
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int MAX_PASSES = 10;

  /** Scrolls from the top to the end, and notes what is there on the way. */
  private static final String SCROLL =
      """
      async () => {
        const frame = () => new Promise(requestAnimationFrame);
        const seen = new Set();
        scrollTo(0, 0);
        for (let last = -1; last !== scrollY; ) {
          last = scrollY;
          await frame();
          await frame();
          document.querySelectorAll('.opblock').forEach((one) => seen.add(one.id));
          scrollBy(0, innerHeight / 2);
        }
        return [...seen];
      }
      """;

  @Test
  void everyOperationIsShownAndTheGuideAnswers(@TempDir Path folder) throws Exception {
    Map<String, String> environment = Map.of("SERVER_PORT", "0");
    try (Gateway gateway =
            Gateway.start(Settings.load(environment, folder), environment, CHECKOUT);
        Playwright playwright = Playwright.create(Chromium.withoutDownload());
        Browser browser = playwright.chromium().launch(Chromium.installed())) {
      String address = "http://127.0.0.1:" + gateway.port();
      Page page = browser.newPage();
      page.setDefaultTimeout(PATIENCE_MILLIS);
      List<String> errors = new ArrayList<>();
      page.onPageError(errors::add);
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              errors.add(message.text());
            }
          });
      page.navigate(address + "/docs");

      int operations = operations(page.request().get(address + "/openapi.json"));
      assertThat(page.locator(".opblock").first())
          .containsText(
              "/", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
      assertThat(shownWhileScrolling(page, operations)).hasSize(operations);
      page.locator("#question").fill("How do I add a provider?");
      page.locator("#ask button").click();
      assertThat(page.locator("#answer"))
          .containsText(
              Pattern.compile("serai\\.d"),
              new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
      assertThat(page.locator("#answer pre code").first()).containsText("kamelet:");
      assertThat(page.locator("#answer")).not().containsText("```");
      assertThat(errors).isEmpty();
    }
  }

  /** The IDs of the operations that are seen; from 150 entries on, those in view are there only. */
  private static Set<String> shownWhileScrolling(Page page, int operations) {
    Set<String> shown = new TreeSet<>();
    for (int pass = 0; pass < MAX_PASSES && shown.size() < operations; pass++) {
      for (Object id : (List<?>) page.evaluate(SCROLL)) {
        shown.add(id.toString());
      }
    }
    return shown;
  }

  /**
   * The address of the page may have a login, as bookmarks do; scripts cannot fetch such addresses.
   */
  @Test
  void whereKeysAreNeededTheGuideAsksForOneAndUsesIt(@TempDir Path folder) throws Exception {
    String key = "sk-page-0123456789abcdef0123456789abcdef";
    Map<String, String> environment = Map.of("SERVER_PORT", "0", "SERAI_API_KEYS", "page:" + key);
    try (Gateway gateway =
            Gateway.start(Settings.load(environment, folder), environment, CHECKOUT);
        Playwright playwright = Playwright.create(Chromium.withoutDownload());
        Browser browser = playwright.chromium().launch(Chromium.installed())) {
      Page page = browser.newPage();
      page.setDefaultTimeout(PATIENCE_MILLIS);
      page.navigate("http://page:" + key + "@127.0.0.1:" + gateway.port() + "/docs");
      LocatorAssertions.ContainsTextOptions patient =
          new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
      assertThat(page.locator(".opblock").first()).containsText("/", patient);
      page.locator("#question").fill("How do I add a provider?");
      page.locator("#ask button").click();
      assertThat(page.locator("#answer")).containsText("needs an API key", patient);
      page.locator("#key").fill(key);
      page.locator("#ask button").click();
      assertThat(page.locator("#answer")).containsText(Pattern.compile("serai\\.d"), patient);
    }
  }

  private static int operations(APIResponse description) {
    JsonObject api = JsonParser.parseString(description.text()).getAsJsonObject();
    int operations = 0;
    for (String kind : List.of("paths", "webhooks")) {
      for (JsonElement path : api.getAsJsonObject(kind).asMap().values()) {
        operations += path.getAsJsonObject().size();
      }
    }
    return operations;
  }
}
