package dev.serai.gateway.wiring;

import dev.serai.config.upstream.HealthProbeSettings;
import dev.serai.core.background.BackgroundThread;
import dev.serai.gateway.edge.request.RequestIds;
import dev.serai.gateway.probes.HealthProbeRoute;
import dev.serai.gateway.probes.HealthProbes;
import dev.serai.processors.edge.EndInternalCall;
import java.util.Map;
import java.util.Optional;

/** Probes models, if the settings name some. */
final class HealthProbesFeature implements Feature {
  private final Optional<BackgroundThread> poller;

  HealthProbesFeature(SharedParts shared, RoutesFeature routes) {
    HealthProbeSettings settings = shared.settings().upstream().healthProbes();
    HealthProbes.Pace pace =
        new HealthProbes.Pace(
            settings.every(), () -> shared.random().get().nextDouble(), shared.ticker());
    RequestIds ids = shared.requestIds();
    HealthProbeRoute route = new HealthProbeRoute(routes::context, shared.loops(), ids::next);
    poller =
        settings.models().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new HealthProbes(settings.models(), route, pace).poller(shared.threads()));
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of("end-internal-call", new EndInternalCall());
  }

  @Override
  public void start() {
    poller.ifPresent(BackgroundThread::start);
  }

  @Override
  public void close() {
    poller.ifPresent(BackgroundThread::stop);
  }
}
