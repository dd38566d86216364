package dev.serai.adapters.dialects.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Vertex AI takes less than the publishers' own APIs. */
class VertexRequestTest {
  private static final String BASE = "https://vertex.test/v1/projects/p/locations/l";
  private static final Asked CLAUDE = asked("claude-sonnet-4-5");
  private static final Asked GEMINI = asked("gemini-2.5-pro");

  private static Asked asked(String model) {
    VertexDialect vertex =
        new VertexDialect(new GeminiDialect(), new AnthropicDialect("vertex-2023-10-16"));
    return Asked.of(vertex, BASE, model, "no-call-ids");
  }

  private static ChatRequest messages(String path, String content) {
    return messages(path, content, "context-1m-2025-08-07");
  }

  private static ChatRequest messages(String path, String content, String betas) {
    String body =
        "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[" + content + "]}]}";
    return new AnthropicSurface()
        .readRequest(
            new InboundRequest(
                "POST",
                path,
                "",
                new HeaderFields().add("anthropic-beta", betas),
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void betasAreNotSentToTheTokenCounter() {
    String text = "{'type':'text','text':'x'}";
    ChatRequest counting = messages("/v1/messages/count_tokens", text);
    Dialect counter = CLAUDE.dialect().choose(counting, CLAUDE.destination());
    assertThat(counter.clientHeaders()).isEmpty();
    ProviderRequest counted = counter.writeRequest(counting, CLAUDE.destination());
    assertThat(counted.path()).contains("count-tokens:rawPredict");
    assertThat(counted.headers().first("anthropic-beta")).isEmpty();
    ProviderRequest called = CLAUDE.write(messages("/v1/messages", text));
    assertThat(called.headers().first("anthropic-beta")).contains("context-1m-2025-08-07");
  }

  /** Vertex AI replies 400 to those of Claude Code. */
  @Test
  void betasThatTheCloudDoesNotKnowAreDropped() {
    String betas =
        "claude-code-20250219,interleaved-thinking-2025-05-14, prompt-caching-scope-2026-01-05,"
            + "oauth-2025-04-20,context-1m-2025-08-07,files-api-2025-04-14";
    String text = "{'type':'text','text':'x'}";
    ProviderRequest called = CLAUDE.write(messages("/v1/messages", text, betas));
    assertThat(called.headers().first("anthropic-beta"))
        .contains("interleaved-thinking-2025-05-14,context-1m-2025-08-07");
    assertThat(called.dropped()).containsExactly("anthropic-beta");
    Dialect chosen = CLAUDE.dialect().choose(messages("/v1/messages", text), CLAUDE.destination());
    assertThat(chosen.headersInBody()).containsExactly("anthropic-beta");
    assertThat(chosen.clientHeaders()).isEmpty();
    ProviderRequest none = CLAUDE.write(messages("/v1/messages", text, "oauth-2025-04-20"));
    assertThat(none.headers().first("anthropic-beta")).isEmpty();
    assertThat(CLAUDE.write(messages("/v1/messages", text)).dropped()).isEmpty();
  }

  @Test
  void betasOfAClientOfAnotherApiAreChosenToo() {
    ChatRequest other =
        new OpenAiSurface(InstantSource.system())
            .readRequest(
                Inbound.post(
                    "/v1/chat/completions",
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"));
    Headers client =
        new HeaderFields().add("Anthropic-Beta", "oauth-2025-04-20,context-1m-2025-08-07");
    ProviderRequest called =
        CLAUDE
            .dialect()
            .choose(other, CLAUDE.destination())
            .writeRequest(other, CLAUDE.destination(), client);
    assertThat(called.headers().first("anthropic-beta")).contains("context-1m-2025-08-07");
    assertThat(called.dropped()).contains("anthropic-beta");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'image','source':{'type':'url','url':'https://a.test/b.png'}}",
        "{'type':'document','source':{'type':'url','url':'https://a.test/b.pdf'}}",
        "{'type':'document','source':{'type':'file','file_id':'file_1'}}",
        "{'type':'tool_result','tool_use_id':'c','content':[{'type':'image','source':"
            + "{'type':'url','url':'https://a.test/b.png'}}]}"
      })
  void mediaThatClaudeWouldHaveToFetchAreRefused(String block) {
    ChatRequest request = messages("/v1/messages", block);
    assertThatThrownBy(() -> CLAUDE.write(request))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("send them in the request");
  }

  @Test
  void thoseOfAChatAreRefusedAndInlineMediaAreSent() {
    ChatRequest remote = Asked.saying(image("https://a.test/b.png"), "");
    assertThatThrownBy(() -> CLAUDE.write(remote))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("send them in the request");
    ChatRequest inline = Asked.saying(image("data:image/png;base64,iVBORw0KGgo="), "");
    assertThat(CLAUDE.member("messages", inline)).contains("base64");
    String named =
        "{'type':'tool_use','id':'c','name':'f','input':{'type':'url','source':{'type':'url'}}}";
    assertThat(CLAUDE.member("messages", messages("/v1/messages", named))).contains("tool_use");
  }

  private static String image(String url) {
    return "{'role':'user','content':[{'type':'image_url','image_url':{'url':'" + url + "'}}]}";
  }

  @Test
  void geminiReceivesATypeForEveryRemoteFile() {
    assertThat(GEMINI.member("contents", Asked.saying(image("https://a.test/b.png"), "")))
        .contains("'mimeType':'image/png'");
    assertThat(GEMINI.member("contents", Asked.saying(image("https://a.test/b?c=d.e"), "")))
        .contains("'mimeType':'image/jpeg'");
  }

  @Test
  void aRemoteFileOfUnknownTypeIsRefused() {
    String unnamed = "{'type':'document','source':{'type':'url','url':'https://a.test/b'}}";
    ChatRequest request = messages("/v1/messages", unnamed);
    assertThatThrownBy(() -> GEMINI.write(request))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("needs the type of each file");
    String named = unnamed.replace("'source'", "'title':'c.pdf','source'");
    assertThat(GEMINI.member("contents", messages("/v1/messages", named)))
        .contains("'mimeType':'application/pdf'");
  }
}
