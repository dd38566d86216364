package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.redis.RedisServer;
import dev.serai.core.background.BackgroundThread;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.memory.database.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways share what their bandits learn, and keep it over a restart. */
class SharedBanditsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int DRAWS = 40;

  private static final String SETTINGS =
      """
      providers:
        down: {kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", api_key: %1$s, models: [text]}
        works: {kind: openai-compatible, base_url: "%2$s/v1", api_key: %1$s, models: [text]}
      models:
        smart: {targets: [down/text, works/text], strategy: bandit}
      """;

  private static final String HELLO =
      "{\"model\": \"smart\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}";

  @TempDir Path folder;

  @Test
  void throughPostgresWhatOneLearnsTheOtherKnowsAndBothAfterARestart() throws Exception {
    try (Postgres database = Postgres.start(folder.resolve("postgres"));
        CassetteServer provider = CassetteServer.start()) {
      Sharing sharing = new Sharing("SERAI_DATABASE_URL", database.url(), provider.url());
      oneLearnsAndTheOtherKnows(sharing);
      bothKnow(sharing);
    }
  }

  @Test
  void throughRedisWhatOneLearnsTheOtherKnowsAndBothAfterARestart() throws Exception {
    try (RedisServer redis = RedisServer.start(folder.resolve("redis"));
        CassetteServer provider = CassetteServer.start()) {
      Sharing sharing = new Sharing("REDIS_URL", redis.url(), provider.url());
      oneLearnsAndTheOtherKnows(sharing);
      bothKnow(sharing);
    }
  }

  @Test
  void withoutItsRedisAGatewayLearnsAndSaysThatItDoesNotShare() throws Exception {
    try (RedisServer redis = RedisServer.start(folder.resolve("redis"));
        CassetteServer provider = CassetteServer.start()) {
      redis.kill();
      Sharing sharing = new Sharing("REDIS_URL", redis.url(), provider.url());
      try (RunningGateway one = plan("one", sharing).start();
          Caller caller = new Caller(one.url())) {
        BackgroundThread thread = thread(one);
        learn(one);
        Until.holds(PATIENCE, "it has learned", () -> drawsOfTheFailing(one) <= DRAWS / 8);
        Until.holds(PATIENCE, "it is reported", () -> ready(caller).contains("bandits"));
        redis.startAgain();
        Until.holds(
            PATIENCE,
            "it shares",
            () -> {
              thread.unpark();
              return !ready(caller).contains("bandits");
            });
      }
    }
  }

  /** What two gateways share, each with a folder of its own. */
  private record Sharing(String variable, String url, String provider) {}

  private void oneLearnsAndTheOtherKnows(Sharing sharing) throws Exception {
    try (RunningGateway one = plan("one", sharing).start();
        RunningGateway other = plan("other", sharing).start()) {
      assertThat(drawsOfTheFailing(other)).as("nothing is known").isGreaterThan(DRAWS / 8);
      learn(one);
      List<BackgroundThread> threads = List.of(thread(one), thread(other));
      Until.holds(
          PATIENCE,
          "the other gateway knows",
          () -> {
            threads.forEach(BackgroundThread::unpark); // or the next exchange is in 30 s
            return drawsOfTheFailing(other) <= DRAWS / 8;
          });
    }
  }

  private void bothKnow(Sharing sharing) throws Exception {
    try (RunningGateway one = plan("one", sharing).start();
        RunningGateway other = plan("other", sharing).start()) {
      for (RunningGateway each : new RunningGateway[] {one, other}) {
        Until.holds(PATIENCE, "it still knows", () -> drawsOfTheFailing(each) <= DRAWS / 8);
      }
    }
  }

  private RunningGateway.Plan plan(String name, Sharing sharing) throws Exception {
    return RunningGateway.in(Files.createDirectories(folder.resolve(name)))
        .with(sharing.variable(), sharing.url())
        .settings(SETTINGS.formatted(RunningGateway.CANARY, sharing.provider()));
  }

  /** What the gateway says of its health, while it accepts calls. */
  private static String ready(Caller caller) {
    Caller.Reply reply = caller.get("/health/ready");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.body();
  }

  /** Many calls, each of which is answered in the end. */
  private static void learn(RunningGateway gateway) {
    try (Caller caller = new Caller(gateway.url())) {
      for (int i = 0; i < 60; i++) {
        assertThat(caller.post("/v1/chat/completions", HELLO).status()).isEqualTo(200);
      }
    }
  }

  private static BackgroundThread thread(RunningGateway gateway) {
    List<BackgroundThread> all = new ArrayList<>();
    gateway.threads().observe(all::add);
    return all.stream().filter(each -> each.name().equals("bandits")).findFirst().orElseThrow();
  }

  /** How often the target that fails would be asked first. */
  private static int drawsOfTheFailing(RunningGateway gateway) {
    int failing = 0;
    try (Caller caller = new Caller(gateway.url())) {
      for (int i = 0; i < DRAWS; i++) {
        Caller.Reply reply = caller.send(caller.to("/v1/routes/explain", HELLO.getBytes(UTF_8)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        failing += reply.json().at("/candidates/0/provider").asText().equals("down") ? 1 : 0;
      }
    }
    return failing;
  }
}
