package dev.serai.processors.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.caller.AllowList;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Charge;
import dev.serai.core.model.ListedModel;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.ModelHint;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.Candidate;
import dev.serai.core.surface.ModelListSurface;
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
  private final ListedModels models = new ListedModels(providers, new Catalogue());
  private final ListModels list = new ListModels(models, List.of(new Lines()));

  ListModelsTest() {
    providers.add(
        new ProviderProfile(
            "a", "openai", Optional.empty(), Optional.empty(), Set.of(), List.of()));
  }

  @Test
  void theListHasAliasesFirstAndThenEveryModelOfEveryProvider() throws Exception {
    assertThat(reply(list, "/list")).isEqualTo("both serai\na/known a\na/unknown a\n");
  }

  @Test
  void aModelIsShownWithItsProviderAndItsFacts() throws Exception {
    assertThat(reply(list, "/list/a%2Fknown")).isEqualTo("a/known a " + KNOWN);
    assertThat(reply(list, "/list/a/unknown")).isEqualTo("a/unknown a " + ModelFacts.UNKNOWN);
  }

  @Test
  void theFactsOfAnAliasAreThoseThatAllOfItsTargetsShare() throws Exception {
    assertThat(reply(list, "/list/both")).isEqualTo("both serai " + KNOWN.intersect(SMALLER));
  }

  @Test
  void aNameThatIsNotListedButLeadsToAProviderIsFoundAndOthersAreNot() throws Exception {
    assertThat(reply(list, "/list/bare")).startsWith("bare a ");
    assertThatThrownBy(() -> reply(list, "/list/absent")).isInstanceOf(CallerProblem.class);
    assertThatThrownBy(() -> reply(list, "/list/a/not-in-the-list"))
        .isInstanceOf(CallerProblem.class);
  }

  @Test
  void aNameThatIsNotFoundIsExplainedAsACallIs() {
    for (Processor step : List.of(list, new ShowModel(models, List.of(new Lines())))) {
      assertThatThrownBy(() -> reply(step, "/list/absent"))
          .hasMessage("The model 'absent' does not exist. Did you mean 'present'?");
    }
    assertThatThrownBy(() -> reply(list, "/list/off"))
        .hasMessage(
            "The provider 'b' is off: B_KEY is not set. The model 'off' needs this provider.");
  }

  @Test
  void aCallerWhoMayNotCallAModelDoesNotLearnThatItIsKnown() {
    AllowList other = new AllowList(List.of("a/other"));
    assertThat(models.unknown("off", other)).hasMessage("The model 'off' does not exist.");
  }

  @Test
  void anyNameThatLeadsToAProviderIsShown() throws Exception {
    ShowModel show = new ShowModel(models, List.of(new Lines()));
    assertThat(reply(show, "/list/a/not-in-the-list")).startsWith("a/not-in-the-list a ");
    assertThat(reply(show, "/list/both")).startsWith("both serai ");
    assertThatThrownBy(() -> reply(show, "/list/absent")).isInstanceOf(CallerProblem.class);
  }

  @Test
  void theContextWindowIsInTheListOfChatModels() throws Exception {
    assertThat(reply(new ListChatModels(models), "/api/chat/models"))
        .startsWith(
            "{\"models\":[{\"id\":\"both\",\"name\":\"both\",\"provider\":\"serai\",\"available\":true,\"context_window\":8000,\"description\":\"An"
                + " alias\",\"is_preferred\":true},")
        .contains(
            "{\"id\":\"a/unknown\",\"name\":\"unknown\",\"provider\":\"a\",\"available\":true,"
                + "\"context_window\":null,\"description\":\"A model of the provider a\",")
        .endsWith("],\"default\":\"\",\"total_available\":3,\"preferred\":[\"both\"]}");
  }

  private static String reply(Processor step, String path) throws Exception {
    return reply(step, path, new HeaderFields());
  }

  private static String reply(Processor step, String path, HeaderFields headers) throws Exception {
    try (SimpleCamelContext context = new SimpleCamelContext()) {
      Exchange exchange = new DefaultExchange(context);
      exchange.getMessage().setBody(new InboundRequest("GET", path, "", headers, new byte[0]));
      step.process(exchange);
      Reply.Complete reply = exchange.getMessage().getBody(Reply.Complete.class);
      return new String(reply.body(), StandardCharsets.UTF_8);
    }
  }

  /** Writes a line for each model. */
  private static final class Lines implements ModelListSurface {
    @Override
    public boolean owns(InboundRequest request) {
      return request.path().startsWith("/list");
    }

    @Override
    public Optional<String> readName(InboundRequest request) {
      return ModelListSurface.nameBelow("/list", request.path());
    }

    @Override
    public byte[] writeList(List<ListedModel> models) {
      StringBuilder lines = new StringBuilder();
      models.forEach(model -> lines.append(model.name() + " " + model.owner() + "\n"));
      return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] writeOne(ListedModel model) {
      return (model.name() + " " + model.owner() + " " + model.facts())
          .getBytes(StandardCharsets.UTF_8);
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
      if (name.equals("off")) {
        Target off = new Target(new Candidate("b", "off"), 1);
        return Optional.of(new ModelRoute(List.of(off), List.of(), "test"));
      }
      List<Target> targets =
          models.stream().map(model -> new Target(new Candidate("a", model), 1)).toList();
      return targets.isEmpty()
          ? Optional.empty()
          : Optional.of(new ModelRoute(targets, List.of(), "test"));
    }

    @Override
    public ModelHint hint(String name) {
      return name.equals("off")
          ? ModelHint.off(Map.of("b", "B_KEY is not set"))
          : ModelHint.close("present");
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
