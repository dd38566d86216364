package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.redis.RedisServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways whose memory objects are in one Redis. */
class MemoryObjectsInRedisTest {
  @TempDir Path folder;

  @Test
  void whatOneGatewayHasStoredTheOtherReadsAndFindsUntilRedisIsGone() throws Exception {
    try (RedisServer redis = RedisServer.start(folder.resolve("redis"))) {
      String settings =
          "state: {redis_url: \""
              + redis.url()
              + "\", memory: {store: redis}}\n"
              + "providers:\n"
              + "  poor: {kind: openai-compatible, base_url: \"%2$s/v1\", api_key: %1$s, models: [text]}\n"
              + "auth: {keys: [{name: shop, key: shop-0123456789abcdef, role: user, tenant: shop}]}\n";
      try (TwoGateways gateways = new TwoGateways(folder, settings)) {
        String object = "{\"object\":{\"content\":\"the harbour\"}}";
        assertThat(send(gateways, gateways.one, "PUT", "n/a", object).status()).isEqualTo(200);
        assertThat(send(gateways, gateways.other, "GET", "n/a", "").body())
            .isEqualTo("{\"object\":{\"content\":\"the harbour\"}}");
        assertThat(send(gateways, gateways.other, "POST", "search", "{\"q\":\"harbour\"}").body())
            .contains("\"key\":\"a\"", "\"count\":1");
        redis.kill();
        Caller.Reply refused = send(gateways, gateways.one, "PUT", "n/a", object);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("memory_unavailable");
      }
    }
  }

  private static Caller.Reply send(
      TwoGateways gateways, RunningGateway gateway, String method, String path, String body) {
    return gateways.http.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/memory/" + path))
            .header("authorization", "Bearer shop-0123456789abcdef")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }
}
