package dev.serai.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.provider.ProviderProfile;
import dev.serai.gateway.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in a provider's file are found when it is loaded. */
class RouteChecksTest {
  private static final String VALID =
      """
      - route:
          id: adapter-groq2
          from:
            uri: direct:adapter-groq2
            steps:
              - to:
                  uri: kamelet:openai-compatible
                  parameters:
                    provider: groq2
                    baseUrl: http://127.0.0.1:9/v1
                    keyName: GROQ_API_KEY
      """;

  @TempDir Path home;
  private RoutesUnderTest routes;

  @BeforeEach
  void start() throws Exception {
    routes = new RoutesUnderTest(home);
  }

  @AfterEach
  void stop() {
    routes.close();
  }

  @Test
  void anUnknownParameterIsRefusedWithTheOneThatIsMeant() {
    assertRefused("keyName:", "keyname:", ":11:", "no parameter keyname; did you mean keyName?");
    assertRefused("keyName: GROQ", "timeout: GROQ", ":11:", "no parameter timeout; known are");
    assertRefused(
        "baseUrl:", "bsaeUrl:", "", "no parameter bsaeUrl; did you mean baseUrl? Known are ");
  }

  @Test
  void anUnknownKameletIsRefusedWithTheOneThatIsMeant() {
    assertRefused(
        "kamelet:openai-compatible",
        "kamelet:openai-compatibel",
        ":7:",
        "no kamelet openai-compatibel; did you mean openai-compatible? Known are anthropic, ");
  }

  @Test
  void aProviderUnlikeItsRouteIsRefused() {
    assertRefused(
        "provider: groq2",
        "provider: grok2",
        ":9:",
        "the provider is grok2, but the route in line 4 is from direct:adapter-groq2");
    assertRefused(
        "uri: direct:adapter-groq2", "uri: direct:adaptr-groq2", ":9:", "direct:adapter-groq2");
  }

  @Test
  void aCallOfARouteThatDoesNotExistIsRefused() {
    assertRefused(
        "        - to:\n",
        "        - to: direct:adaptr-groq2\n        - to:\n",
        ":6:",
        "no route direct:adaptr-groq2; did you mean adapter-groq2?");
  }

  @Test
  void aKeyInPlaceOfItsNameIsRefusedAndNotShown() {
    assertRefused("GROQ_API_KEY", "gsk_4x8v2ZqPb9", ":11:", "it looks like a key");
    assertRefused("GROQ_API_KEY", "sk-proj-4x8v2ZqPb9", ":11:", "it looks like a key");
    assertThat(routes.refusals()).noneMatch(refusal -> refusal.contains("4x8v2ZqPb9"));
  }

  @Test
  void aMisspeltNameOfAKeyIsRefusedWithTheVariableThatIsMeant() {
    assertRefused(
        "GROQ_API_KEY",
        "GROQ_APIKEY",
        ":11:",
        "the variable GROQ_APIKEY is not set; did you mean GROQ_API_KEY?");
  }

  @Test
  void aProviderWhoseKeyIsNotSetIsOffAndTheLineThatNamesItIsReported() {
    routes.write("groq2.camel.yaml", VALID.replace("GROQ_API_KEY", "VENDOR_TOKEN"));
    routes.poll();

    assertThat(routes.refusals()).isEmpty();
    assertThat(routes.folders.off())
        .singleElement()
        .asString()
        .contains("groq2.camel.yaml:11: the provider groq2 is off: VENDOR_TOKEN is not set");
    assertThat(routes.providers.find("groq2")).isEmpty();
    assertThat(routes.providers.whyOff("groq2")).contains("VENDOR_TOKEN is not set");
    assertThat(routes.routes()).isZero();
  }

  @Test
  void aProviderIsOnceItsKeyIsSetAndItsFileIsLoadedAgain() {
    String keyless = VALID.replace("GROQ_API_KEY", "VENDOR_TOKEN");
    routes.write("two.camel.yaml", keyless + VALID.replace("groq2", "groq3"));
    routes.poll();
    assertThat(routes.providers.all()).map(ProviderProfile::name).containsExactly("groq3");

    routes.folders.loadWhereKeysAreSet();
    assertThat(routes.providers.all()).as("still not set").hasSize(1);

    routes.keys.add("VENDOR_TOKEN");
    routes.folders.loadWhereKeysAreSet();
    assertThat(routes.providers.all()).map(ProviderProfile::name).containsExactly("groq2", "groq3");
    assertThat(routes.folders.off()).isEmpty();
    assertThat(routes.providers.whyOff("groq2")).isEmpty();
  }

  @Test
  void aProviderWithoutANameOfAKeyIsOn() {
    for (String keyName : List.of("", "              keyName: \"\"\n")) {
      routes.write(
          "groq2.camel.yaml", VALID.replace("              keyName: GROQ_API_KEY\n", keyName));
      routes.poll();
      assertThat(routes.refusals()).isEmpty();
      assertThat(routes.providers.find("groq2")).isPresent();
    }
  }

  @Test
  void anEditToAKeyThatIsNotSetIsRefusedAndTheOldRouteServes() {
    routes.write("groq2.camel.yaml", VALID);
    routes.poll();
    assertRefused("GROQ_API_KEY", "VENDOR_TOKEN", ":11:", "VENDOR_TOKEN is not set; set it");
    assertThat(routes.providers.find("groq2")).isPresent();
    assertThat(routes.folders.off()).isEmpty();
  }

  @Test
  void aBaseUrlThatLeadsBackToSeraiIsAWarningWithItsLine() {
    routes.write(
        "groq2.camel.yaml", VALID.replace("http://127.0.0.1:9/v1", "http://localhost:8123/v1"));

    assertThat(LogLines.of(ServingRoutes.class, routes::poll))
        .singleElement()
        .asString()
        .contains("groq2.camel.yaml:10: baseUrl: this is Serai's own address");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://127.0.0.1:9       | has no path; most servers of OpenAI's API expect /v1",
        "http://127.0.0.1:9/v1/v1 | the address has the version of the API twice; leave one out",
      })
  void aBaseUrlWithTooLittleOrTooMuchOfAPathIsAWarningWithItsLine(String url, String warning) {
    routes.write("groq2.camel.yaml", VALID.replace("http://127.0.0.1:9/v1", url));

    assertThat(LogLines.of(ServingRoutes.class, routes::poll))
        .singleElement()
        .asString()
        .contains("groq2.camel.yaml:10: baseUrl: " + warning);
    assertThat(routes.refusals()).isEmpty();
    assertThat(routes.folders.addressWarnings()).hasSize(1);
  }

  @Test
  void aNewFileWhoseProviderIsOffIsLoggedSo() {
    routes.poll();
    routes.write("groq2.camel.yaml", VALID.replace("GROQ_API_KEY", "VENDOR_TOKEN"));
    assertThat(LogLines.of(RouteFolders.class, routes::poll))
        .containsExactly(
            "INFO " + routes.folder.resolve("groq2.camel.yaml") + ": is new; its provider is off");
  }

  @Test
  void aFileThatIsRemovedIsNotAReasonAnyMore() throws Exception {
    routes.write("groq2.camel.yaml", VALID.replace("GROQ_API_KEY", "VENDOR_TOKEN"));
    routes.poll();
    Files.delete(routes.folder.resolve("groq2.camel.yaml"));
    routes.poll();
    assertThat(routes.providers.whyOff("groq2")).isEmpty();
    assertThat(routes.folders.off()).isEmpty();
  }

  @Test
  void aProviderOfSeraisOwnMayBeWithoutItsKey() {
    RoutesUnderTest.write(
        routes.shipped.resolve("groq2.camel.yaml"), VALID.replace("GROQ_API_KEY", "VENDOR_TOKEN"));
    routes.poll();
    assertThat(routes.providers.find("groq2")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "127.0.0.1:9/v1     | baseUrl is not a URL; write an address such as https://",
        "api.example.com/v1 | baseUrl must start with http:// or https://; write an address such",
        "ftp://a.example    | baseUrl must start with http:// or https://; write",
        "https://me:pass@a.example | baseUrl must not contain a user or a password; write",
        "${MY_URL}          | baseUrl: ${...} is for serai.yaml, not for route files; write",
        "'http://${MY_HOST}/v1' | baseUrl: ${...} is for serai.yaml",
        "'{{MY_URL}}'       | baseUrl: {{MY_URL}} has no value; {{env:NAME}} is the value of",
        "'{{env:MY_URL}}'   | baseUrl: the environment variable MY_URL is not set; set it and",
        "'{{env:MY_URL:a.example}}' | baseUrl must start with http://",
        "''                 | baseUrl has no value; write an address such as",
        "http://a/v1/chat/completions | baseUrl: the address ends in /chat/completions, which"
            + " Serai",
        "'{{env:MY_URL:http://a/v1/chat/completions/}}' | baseUrl: the address ends in /chat/",
      })
  void anAddressThatIsNoneIsRefusedInItsLineAndNotShown(String address, String reason) {
    assertRefused("http://127.0.0.1:9/v1", address, ":10: ", reason);
    assertThat(routes.refusals())
        .noneMatch(refusal -> refusal.contains("pass@") || refusal.contains("Illegal character"));
  }

  @Test
  void anAddressMayBeInAVariableOrHaveADefault() {
    routes.write(
        "groq2.camel.yaml",
        VALID.replace("http://127.0.0.1:9/v1", "'{{env:MY_URL:http://127.0.0.1:9/v1}}'"));
    routes.poll();
    assertThat(routes.refusals()).isEmpty();
  }

  @Test
  void aParameterThatAKameletNeedsIsNamed() {
    assertRefused(
        "              baseUrl: http://127.0.0.1:9/v1\n",
        "",
        ":7: ",
        "the kamelet openai-compatible needs the parameter baseUrl");
  }

  @Test
  void aWrongParameterOfAProviderIsRefusedInItsLine() {
    assertRefused("keyName: GROQ_API_KEY", "quirks: nonsense", ":11: ", "no quirk 'nonsense'");
    assertRefused("keyName: GROQ_API_KEY", "headers: nonsense", ":11: ", "headers is a list like");
  }

  @Test
  void aKeyInPlaceOfANameIsNotShown() {
    String hex = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c";
    for (String key : List.of(hex, "sk-proj-0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")) {
      for (String place : List.of("provider: groq2", "GROQ_API_KEY", "openai-compatible")) {
        String wrong = place.startsWith("provider") ? "provider: " + key : key;
        routes.write("groq2.camel.yaml", VALID.replace(place, wrong));
        List<String> logged = LogLines.of(RouteFolders.class, routes::poll);
        assertThat(logged).as(place).isNotEmpty().noneMatch(line -> line.contains(key));
        assertThat(routes.refusals()).isNotEmpty().noneMatch(line -> line.contains(key));
      }
    }
    routes.write("groq2.camel.yaml", VALID.replace("groq2", hex));
    routes.poll();
    routes.write("groq2.camel.yaml", VALID.replace("groq2", hex).replace(":9/", ":8/"));
    assertThat(LogLines.of(RouteFolders.class, routes::poll))
        .singleElement()
        .asString()
        .contains("changed, now serves [adapter-9f86d0")
        .doesNotContain(hex);
  }

  private void assertRefused(String right, String wrong, String line, String reason) {
    routes.write("groq2.camel.yaml", VALID.replace(right, wrong));
    routes.poll();
    assertThat(routes.refusals())
        .singleElement()
        .asString()
        .contains("groq2.camel.yaml" + line)
        .contains(reason);
  }
}
