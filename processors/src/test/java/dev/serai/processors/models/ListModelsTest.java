package dev.serai.processors.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.chat.Usage;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Charge;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.Candidate;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ListModelsTest {
  private static final ModelFacts KNOWN =
      new ModelFacts(
          OptionalInt.of(128_000),
          OptionalInt.of(16_384),
          Set.of(Modality.IMAGE, Modality.TEXT),
          Set.of(Modality.TEXT),
          Set.of(Capability.TOOLS),
          Map.of(
              Charge.INPUT, new BigDecimal("0.000002500000"),
              Charge.OUTPUT, new BigDecimal("0.000010000000")));
  private static final ModelFacts SMALLER =
      new ModelFacts(
          OptionalInt.of(8_000),
          OptionalInt.empty(),
          Set.of(Modality.TEXT),
          Set.of(Modality.TEXT),
          Set.of(Capability.TOOLS, Capability.REASONING),
          Map.of(Charge.INPUT, BigDecimal.ZERO, Charge.OUTPUT, BigDecimal.ZERO));

  private final Providers providers = new Providers();
  private final ModelNames names = new ModelNames(providers, new Catalogue());

  ListModelsTest() {
    providers.add(
        new ProviderProfile(
            "a", "openai", Optional.empty(), Optional.empty(), Set.of(), List.of()));
  }

  @Test
  void whatIsKnownOfAModelIsSaidInTheWordsOfTheField() throws Exception {
    assertThat(said(new ListModels(names), "/v1/models/a%2Fknown"))
        .isEqualTo(
            """
            {"id":"a/known","object":"model","created":0,"owned_by":"a","context_length":128000,\
            "max_output_tokens":16384,"architecture":{"modality":"text+image->text",\
            "input_modalities":["text","image"],"output_modalities":["text"]},\
            "capabilities":["tools"],"pricing":{"prompt":"0.0000025","completion":"0.00001"}}\
            """);
  }

  @Test
  void whatIsNotKnownIsNullAndAPriceIsNotZero() throws Exception {
    assertThat(said(new ListModels(names), "/v1/models/a/unknown"))
        .isEqualTo(
            """
            {"id":"a/unknown","object":"model","created":0,"owned_by":"a","context_length":null,\
            "max_output_tokens":null,"pricing":null}\
            """);
  }

  @Test
  void ofAnAliasIsSaidWhatAllOfItsTargetsShare() throws Exception {
    assertThat(said(new ListModels(names), "/v1/models/both"))
        .isEqualTo(
            """
            {"id":"both","object":"model","created":0,"owned_by":"serai","context_length":8000,\
            "max_output_tokens":null,"architecture":{"modality":"text->text",\
            "input_modalities":["text"],"output_modalities":["text"]},\
            "capabilities":["tools"],"pricing":null}\
            """);
  }

  @Test
  void aNameThatIsNotListedButLeadsSomewhereIsFoundAndOthersAreNot() throws Exception {
    assertThat(said(new ListModels(names), "/v1/models/bare")).contains("\"owned_by\":\"a\"");
    assertThatThrownBy(() -> said(new ListModels(names), "/v1/models/nobody"))
        .isInstanceOf(CallerProblem.class);
    assertThatThrownBy(() -> said(new ListModels(names), "/v1/models/a/nobody-lists-it"))
        .isInstanceOf(CallerProblem.class);
  }

  @Test
  void anthropicsClientsAreKnownByTheirVersionAndReadTheirOwnShape() throws Exception {
    HeaderFields headers = new HeaderFields().add("anthropic-version", "2023-06-01");
    assertThat(said(new ListModels(names), "/v1/models/a/unknown", headers))
        .isEqualTo(
            """
            {"type":"model","id":"a/unknown","display_name":"a/unknown",\
            "created_at":"1970-01-01T00:00:00Z","max_input_tokens":null,"max_tokens":null}\
            """);
    assertThat(said(new ListModels(names), "/v1/models/a/known", headers))
        .contains("\"max_input_tokens\":128000,\"max_tokens\":16384}");
    String all = said(new ListModels(names), "/v1/models", headers);
    assertThat(all)
        .startsWith("{\"data\":[{\"type\":\"model\",\"id\":")
        .contains("],\"has_more\":false,\"first_id\":\"");
  }

  @Test
  void geminisClientsAreKnownByTheirHeadersAndReadTheirOwnShape() throws Exception {
    for (String header : List.of("x-goog-api-client", "x-goog-api-key")) {
      HeaderFields headers = new HeaderFields().add(header, "any");
      assertThat(said(new ListModels(names), "/v1/models/a/known", headers))
          .isEqualTo(said(new ListGeminiModels(names), "/v1beta/models/a/known"))
          .startsWith("{\"name\":\"models/a/known\",")
          .contains("\"inputTokenLimit\":128000,\"outputTokenLimit\":16384,");
      assertThat(said(new ListModels(names), "/v1/models/a/unknown", headers))
          .doesNotContain("Limit");
      assertThat(said(new ListModels(names), "/v1/models", headers)).startsWith("{\"models\":[{");
    }
  }

  @Test
  void theContextWindowIsInTheListOfChatModels() throws Exception {
    assertThat(said(new ListChatModels(names), "/api/chat/models"))
        .contains(
            "\"id\":\"a/known\",\"name\":\"known\",\"provider\":\"a\",\"available\":true,"
                + "\"context_window\":128000,")
        .contains(
            "\"id\":\"a/unknown\",\"name\":\"unknown\",\"provider\":\"a\",\"available\":true,"
                + "\"context_window\":null,");
  }

  private static String said(Processor step, String path) throws Exception {
    return said(step, path, new HeaderFields());
  }

  private static String said(Processor step, String path, HeaderFields headers) throws Exception {
    try (SimpleCamelContext context = new SimpleCamelContext()) {
      Exchange exchange = new DefaultExchange(context);
      exchange.getMessage().setBody(new InboundRequest("GET", path, "", headers, new byte[0]));
      step.process(exchange);
      Reply.Complete reply = exchange.getMessage().getBody(Reply.Complete.class);
      return new String(reply.body(), StandardCharsets.UTF_8);
    }
  }

  private static final class Catalogue implements ModelCatalogue {
    @Override
    public Optional<ModelRoute> find(String name) {
      List<String> models =
          switch (name) {
            case "both" -> List.of("known", "smaller");
            case "bare" -> List.of("known");
            default -> List.of();
          };
      List<Target> targets =
          models.stream().map(model -> new Target(new Candidate("a", model), 1)).toList();
      return targets.isEmpty()
          ? Optional.empty()
          : Optional.of(new ModelRoute(targets, List.of(), "test"));
    }

    @Override
    public List<String> aliases() {
      return List.of("both");
    }

    @Override
    public List<String> modelsOf(String provider) {
      return List.of("known", "unknown");
    }

    @Override
    public ModelFacts facts(Candidate candidate) {
      return switch (candidate.model()) {
        case "known" -> KNOWN;
        case "smaller" -> SMALLER;
        default -> ModelFacts.UNKNOWN;
      };
    }

    @Override
    public OptionalLong costNanoUsd(Candidate candidate, Usage usage) {
      return OptionalLong.empty();
    }
  }
}
