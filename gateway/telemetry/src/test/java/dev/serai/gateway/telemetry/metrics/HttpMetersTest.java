package dev.serai.gateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.provider.UpstreamState;
import dev.serai.core.provider.UpstreamState.BreakerState;
import dev.serai.gateway.telemetry.RequestMeters.RouteMeter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HttpMetersTest {
  private final Metrics metrics = new Metrics();

  @Test
  void aRequestIsCountedByItsRouteMethodAndStatus() {
    RouteMeter chat = new HttpMeters(metrics).of("/v1/models/{id}");
    chat.ended("GET", 200, TimeUnit.MILLISECONDS.toNanos(20));
    chat.ended("GET", 200, TimeUnit.MILLISECONDS.toNanos(70));
    chat.ended("GET", 404, TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(page())
        .contains(
            "http_server_request_duration_seconds_count{http_request_method=\"GET\","
                + "http_response_status_code=\"200\",http_route=\"/v1/models/{id}\"} 2",
            "http_server_request_duration_seconds_bucket{http_request_method=\"GET\",http_response_status_code=\"200\",http_route=\"/v1/models/{id}\",le=\"0.025\"}"
                + " 1",
            "http_response_status_code=\"404\",http_route=\"/v1/models/{id}\"} 1");
  }

  @Test
  void unknownMethodsGetOneLabel() {
    RouteMeter nowhere = new HttpMeters(metrics).of("");
    nowhere.ended("BREW", 404, 1);
    nowhere.ended("MELT", 404, 1);
    assertThat(page())
        .contains(
            "http_server_request_duration_seconds_count{http_request_method=\"_OTHER\","
                + "http_response_status_code=\"404\",http_route=\"\"} 2")
        .doesNotContain("BREW", "MELT");
  }

  @Test
  void aRouteThatIsReloadedKeepsItsCount() {
    HttpMeters meters = new HttpMeters(metrics);
    meters.of("/a").ended("GET", 200, 1);
    meters.of("/a").ended("GET", 200, 1);
    assertThat(page()).contains("http_response_status_code=\"200\",http_route=\"/a\"} 2");
  }

  @Test
  void everyCurrentProviderIsShown() {
    List<UpstreamState> states = new ArrayList<>();
    ProviderMeters providers = new ProviderMeters(metrics, () -> states);
    states.add(
        new UpstreamState(
            "one", BreakerState.OPEN, Map.of("m", BreakerState.HALF_OPEN), 3, 1, 2, 4, 5.0));
    states.add(new UpstreamState("two", BreakerState.CLOSED, Map.of(), 1, 0, 0, 1, 5.0));
    providers.refresh();
    assertThat(page())
        .contains(
            "serai_provider_breaker{provider=\"one\"} 2.0",
            "serai_provider_breaker{provider=\"two\"} 0.0",
            "serai_model_breaker{model=\"m\",provider=\"one\"} 1.0",
            "serai_provider_connections{provider=\"one\"} 3.0",
            "serai_provider_connections_idle{provider=\"one\"} 1.0",
            "serai_provider_waiting{provider=\"one\"} 2.0",
            "serai_provider_active{provider=\"one\"} 4.0");
    states.removeFirst();
    providers.refresh();
    assertThat(page()).doesNotContain("\"one\"").contains("provider=\"two\"");
  }

  @Test
  void modelsWithOpenBreakersBeyondAHundredAreOne() {
    Map<String, BreakerState> open = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      open.put("made-up-" + i, BreakerState.OPEN);
    }
    List<UpstreamState> states =
        List.of(new UpstreamState("one", BreakerState.CLOSED, open, 1, 0, 0, 1, 5.0));
    new ProviderMeters(metrics, () -> states).refresh();
    assertThat(page().lines().filter(line -> line.startsWith("serai_model_breaker{"))).hasSize(101);
    assertThat(page()).contains("serai_model_breaker{model=\"other\",provider=\"one\"} 2.0");
  }

  private String page() {
    return new String(metrics.scrape(), StandardCharsets.UTF_8);
  }
}
