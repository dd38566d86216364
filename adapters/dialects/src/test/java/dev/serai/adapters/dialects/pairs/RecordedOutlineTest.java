package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.core.chat.Conversation;
import dev.serai.core.features.PromptOutline;
import dev.serai.core.model.Capability;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Outlines of the recorded requests: of clients, and as each provider receives them. */
class RecordedOutlineTest {
  private static final List<String> DIALECTS =
      List.of("openai", "responses", "anthropic", "bedrock", "gemini", "ollama");

  /** Requests that providers without the feature receive in another form, or without it. */
  private static final Set<String> REWRITTEN =
      Set.of("json-object", "json-schema", "sampling", "system-and-developer", "tools-forbidden");

  /** A parsed request does not know the tools that a provider runs. */
  private static final String TOOLS_OF_PROVIDER = "server-tools";

  /** A request as a provider receives it, whose model may be in the path. */
  private static final class Written extends ParsedChatRequest {
    Written(byte[] body, boolean streaming) {
      super(JsonMembers.of(body), "m", streaming);
    }

    @Override
    public String dialect() {
      return "written";
    }

    @Override
    protected Conversation parse() {
      throw new UnsupportedOperationException("only its outline is read");
    }
  }

  @TestFactory
  Stream<DynamicTest> theBytesOfAClientShowWhatTheParsedRequestHas() {
    return Stream.concat(
        recorded(Client.OPENAI, "requests"), recorded(Client.ANTHROPIC, "messages"));
  }

  private static Stream<DynamicTest> recorded(Client client, String kind) {
    Path folder = Cassettes.folder(kind);
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : Cassettes.names(folder, ".json")) {
      try {
        ChatRequest request = client.read(Cassettes.bytes(folder.resolve(name + ".json")), false);
        Conversation parsed = request.conversation();
        PromptOutline expected = PromptOutline.of(parsed, request.streaming());
        String other = name.equals(TOOLS_OF_PROVIDER) ? "needs" : "promptTokens";
        tests.add(dynamicTest(name, () -> assertSame(request.outline(), expected, other)));
      } catch (GatewayProblem refused) {
        assertThat(refused.status()).isEqualTo(400);
      }
    }
    assertThat(tests).hasSizeGreaterThan(15);
    return tests.stream();
  }

  private static void assertSame(PromptOutline shown, PromptOutline expected, String other) {
    assertThat(shown)
        .usingRecursiveComparison()
        .ignoringFields("promptTokens", other)
        .isEqualTo(expected);
    assertThat((double) shown.promptTokens())
        .isCloseTo(expected.promptTokens(), within(8 + 0.05 * expected.promptTokens()));
  }

  @TestFactory
  Stream<DynamicTest> eachProvidersBytesShowTheSameTexts() {
    Path folder = Cassettes.folder("requests");
    return Cassettes.names(folder, ".json").stream()
        .flatMap(
            name -> {
              byte[] body = Cassettes.bytes(folder.resolve(name + ".json"));
              PromptOutline asked = Client.OPENAI.read(body, false).outline();
              return DIALECTS.stream()
                  .map(
                      dialect ->
                          dynamicTest(dialect + " " + name, () -> same(asked, dialect, name)));
            });
  }

  private static void same(PromptOutline asked, String dialect, String name) {
    String text =
        new String(
            Cassettes.bytes(Cassettes.folder(dialect, "requests").resolve(name + ".http")),
            StandardCharsets.UTF_8);
    if (text.startsWith("refused")) {
      return;
    }
    byte[] body = text.substring(text.indexOf("\n\n") + 2).getBytes(StandardCharsets.UTF_8);
    PromptOutline written =
        new Written(body, asked.needs().contains(Capability.STREAMING)).outline();
    String[] others =
        REWRITTEN.contains(name)
            ? new String[] {"promptTokens", "needs", "prefix", "system"}
            : new String[] {"promptTokens"};
    assertThat(written).usingRecursiveComparison().ignoringFields(others).isEqualTo(asked);
  }
}
