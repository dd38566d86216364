package dev.serai.processors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.experiment.ExperimentSnapshot;
import dev.serai.core.experiment.Variant;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.prompt.PromptSnapshot;
import dev.serai.core.request.CallLabels;
import dev.serai.core.surface.Surfaces;
import dev.serai.processors.experiments.AssignVariant;
import dev.serai.processors.prompts.PromptExpansion;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.ManualLoop;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ReadChatRequestTest {
  private static Optional<AssignedModel> assigned(Exchange exchange) {
    ExperimentSnapshot experiments = new ExperimentSnapshot();
    experiments.replace(
        List.of(
            new Experiment(
                "exp-1",
                "public",
                "m",
                Unit.SESSION,
                Status.RUNNING,
                List.of(new Variant("now", "p/a", 0), new Variant("new", "p/b", 1)))));
    exchange
        .getMessage()
        .setBody(
            new InboundRequest(
                "POST",
                "/v1/chat/completions",
                "",
                new HeaderFields().add("x-serai-task-type", CallLabels.HEALTH_PROBE),
                "m".getBytes(StandardCharsets.UTF_8)));
    new ReadChatRequest(
            new Surfaces(new CallFixtures.Words(), List.of()),
            () -> 1,
            _ -> DefaultParameters.NONE,
            new AssignVariant(experiments, _ -> true, () -> true),
            new PromptExpansion(
                new PromptSnapshot(_ -> Optional.empty()),
                _ -> Optional.empty(),
                ByteLimit.unlimited(),
                1),
            _ -> new ManualLoop())
        .process(exchange, _ -> {});
    return Calls.of(exchange).assigned();
  }

  @Test
  void aHealthProbeAsksTheModelThatItNames() {
    Exchange probe = new DefaultExchange(new SimpleCamelContext());
    probe.setProperty(ExchangeProperties.INTERNAL, true);
    assertThat(assigned(probe)).isEmpty();
    assertThat(Calls.of(probe).plannedModel()).isEqualTo("m");
  }

  @Test
  void aClientDoesNotLeaveAnExperimentByTheTaskTypeOfItsCall() {
    Exchange call = new DefaultExchange(new SimpleCamelContext());
    assertThat(assigned(call)).map(AssignedModel::model).contains("p/b");
    assertThat(Calls.of(call).caller().taskType()).isEqualTo(CallLabels.HEALTH_PROBE);
  }
}
