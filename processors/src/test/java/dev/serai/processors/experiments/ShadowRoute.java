package dev.serai.processors.experiments;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.experiment.ExperimentSnapshot;
import dev.serai.core.experiment.Variant;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.surface.Surface;
import dev.serai.processors.support.CallFixtures;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.impl.engine.DefaultInflightRepository;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ProcessorEndpoint;

/** Calls of an experiment that copies all of them, and a context whose route shadow is a step. */
final class ShadowRoute {
  private ShadowRoute() {}

  /** A context without work. */
  static CamelContext idle() {
    return of(_ -> {});
  }

  static CamelContext of(Processor route) {
    SimpleCamelContext context = new SimpleCamelContext();
    context.setInflightRepository(new DefaultInflightRepository());
    PluginHelper.getUnitOfWorkFactory(context).afterPropertiesConfigured(context);
    try {
      context.addEndpoint("direct:shadow", new ProcessorEndpoint("direct:shadow", context, route));
    } catch (Exception e) { // Camel declares it
      throw new AssertionError("the route cannot be added", e);
    }
    context.start();
    return context;
  }

  /** A call that gets one copy, and has ended. */
  static Call call(Surface surface, Outcome outcome) {
    ExperimentSnapshot experiments = new ExperimentSnapshot();
    experiments.replace(
        List.of(
            new Experiment(
                "exp-1",
                "shop",
                "m",
                Unit.SESSION,
                Status.RUNNING,
                List.of(new Variant("now", "p/a", 1), new Variant("new", "p/b", 0, 100)))));
    Call call = new Call("req-1", new CallFixtures.Request("m"), surface, () -> 1);
    call.setCaller(new Caller("shop", "k", "s", ""));
    InboundRequest inbound =
        new InboundRequest("POST", "/v1/chat/completions", "", Headers.NONE, new byte[] {'m'});
    new AssignVariant(experiments, _ -> true, () -> true).assign(call, inbound);
    call.end(outcome, Optional.empty());
    return call;
  }
}
