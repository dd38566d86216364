package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Said;
import dev.serai.memory.database.Postgres;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No call needs the database. What it missed while it was away is brought to it afterwards. */
@Tag("load")
class DatabaseAwayTest {
  private static final Duration AWAY = Duration.ofSeconds(Load.of(3, 35));
  private static final Duration CATCH_UP = Duration.ofSeconds(30);
  private static final int CALLERS = 6;

  @TempDir static Path data;
  private static Postgres database;

  @TempDir Path folder;

  private final AtomicInteger answered = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean enough = new AtomicBoolean();

  @BeforeAll
  static void startDatabase() {
    database = Postgres.start(data.resolve("postgres"));
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @Test
  void callsGoOnWhileTheDatabaseIsAwayAndAreAllThereAfterwards() throws Exception {
    try (CassetteServer provider = CassetteServer.start();
        GatewayProcess gateway = GatewayProcess.start(folder, plan(provider));
        Caller caller = new Caller(gateway.url());
        ExecutorService callers =
            Executors.newFixedThreadPool(CALLERS, Thread.ofVirtual().factory())) {
      String before = response(caller);
      for (int i = 0; i < CALLERS; i++) {
        boolean streams = i % 2 == 0;
        callers.submit(() -> callOn(caller, streams));
      }
      String during;
      try {
        Until.holds(Duration.ofSeconds(60), "calls", () -> answered.get() > 300 || sawFailure());
        assertThat(failures).isEmpty();

        database.stop();
        during = staysAway(caller);
        database.startAgain();
        catchesUp(caller);
      } finally {
        enough.set(true); // or the executor never closes
      }
      callers.shutdown();
      Until.holds(Duration.ofSeconds(30), "all answered", callers::isTerminated);

      assertThat(failures).isEmpty();
      nothingIsLost(caller);
      for (String id : new String[] {before, during}) {
        assertThat(caller.get("/v1/responses/" + id).status()).isEqualTo(200);
      }
    }
  }

  /** What was kept before is in this gateway's memory: another one asks the database for it. */
  @Test
  void aResponseThatTheDatabaseHasIsNotCalledUnknownWhileItIsAway() throws Exception {
    try (CassetteServer provider = CassetteServer.start()) {
      String before;
      try (RunningGateway gateway = plan(provider).start();
          Caller caller = new Caller(gateway.url())) {
        before = response(caller);
      }
      try (RunningGateway gateway = plan(provider).start();
          Caller caller = new Caller(gateway.url())) {
        database.stop();
        String goesOn =
            "{\"model\":\"openai/text\",\"input\":\"Hello\",\"previous_response_id\":\""
                + before
                + "\"}";
        Caller.Reply refused = caller.post("/v1/responses", goesOn);
        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isNotEmpty();
        assertThat(caller.get("/v1/responses/" + before).status()).isEqualTo(503);
        database.startAgain();
        assertThat(caller.post("/v1/responses", goesOn).status()).isEqualTo(200);
      }
    }
  }

  /** Rows can be read and not inserted: what is not there yet is not taken for nothing. */
  @Test
  void usageIsRefusedWhileTheDatabaseLags() throws Exception {
    try (CassetteServer provider = CassetteServer.start();
        RunningGateway gateway = plan(provider).start();
        Caller caller = new Caller(gateway.url())) {
      String id;
      try (Connection connection = connection("/postgres");
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("LOCK TABLE usage_attempt IN SHARE MODE");
        id = caller.chat("openai/text").header("x-request-id");
        for (Caller.Reply refused : atOnce(caller, List.of("?limit=1", "/summary", "/" + id))) {
          assertThat(refused.status()).as(refused.body()).isEqualTo(503);
          assertThat(refused.body()).contains("The newest usage is not in the database yet.");
          assertThat(refused.header("retry-after")).isNotEmpty();
        }
        assertThat(metric(caller, "database_up")).isEqualTo(1);
        connection.rollback();
      }
      Until.holds(CATCH_UP, "it is there", () -> caller.get("/v1/usage/" + id).status() == 200);
    }
  }

  /** Each waits for the newest usage: one after the other, they outlast the lock. */
  private static List<Caller.Reply> atOnce(Caller caller, List<String> usages) throws Exception {
    List<Caller.Reply> replies = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Caller.Reply>> asked = new ArrayList<>();
      usages.forEach(usage -> asked.add(() -> caller.get("/v1/usage" + usage)));
      for (Future<Caller.Reply> reply : threads.invokeAll(asked)) {
        replies.add(reply.get());
      }
    }
    return replies;
  }

  @Test
  void aCallWhoseRowTheDatabaseRefusesIsNamedInTheLogAndCounted() throws Exception {
    try (CassetteServer provider = CassetteServer.start();
        RunningGateway gateway = plan(provider).start();
        Caller caller = new Caller(gateway.url())) {
      assertThat(caller.get("/health/ready").status()).isEqualTo(200);
      execute(
          "/postgres",
          "ALTER TABLE usage_attempt ADD CONSTRAINT no_poison"
              + " CHECK (model <> 'poison--text') NOT VALID");
      try {
        String poisoned = caller.chat("openai/poison--text").header("x-request-id");
        String other = caller.chat("openai/text").header("x-request-id");
        Until.holds(CATCH_UP, "set aside", () -> metric(caller, "set_aside_total") == 1);
        assertThat(caller.get("/v1/usage/" + other).status()).isEqualTo(200);
        gateway.awaitLogged("requestId=" + poisoned);
        assertThat(gateway.log().lines())
            .anyMatch(
                line -> line.contains("the usage ") && line.contains("requestId=" + poisoned));
      } finally {
        execute("/postgres", "ALTER TABLE usage_attempt DROP CONSTRAINT no_poison");
      }
    }
  }

  /** {@code DATABASE_URL} may be that of another program on this machine. */
  @Test
  void aDatabaseOfAnotherProgramFailsTheStartAndOneThatIsNamedForSeraiDoesNot() throws Exception {
    execute("/postgres", "CREATE DATABASE theirs");
    execute("/theirs", "CREATE TABLE orders (id int)");
    RunningGateway.Plan plan =
        RunningGateway.in(folder)
            .with("DATABASE_URL", database.url().replaceAll("/postgres$", "/theirs"));

    assertThatThrownBy(plan::start)
        .hasStackTraceContaining("has tables of another program (orders)")
        .hasStackTraceContaining("SERAI_DATABASE_URL");
    execute("/theirs", "CREATE TABLE usage_attempt (id int)"); // it was not there

    plan.with("SERAI_DATABASE_URL", database.url());
    try (RunningGateway gateway = plan.start();
        Caller caller = new Caller(gateway.url())) {
      assertThat(caller.get("/health/ready").status()).isEqualTo(200);
    }
  }

  private static Connection connection(String name) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + database.port() + name;
    return DriverManager.getConnection(url, "postgres", "postgres");
  }

  private static void execute(String name, String sql) throws SQLException {
    try (Connection connection = connection(name);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private RunningGateway.Plan plan(CassetteServer provider) {
    return RunningGateway.in(folder)
        .providersAt(provider.url())
        .with("DATABASE_URL", database.url());
  }

  private void callOn(Caller caller, boolean streams) {
    while (!enough.get()) {
      try {
        Caller.Reply reply = caller.call("openai/gpt-4o--text", streams);
        boolean whole = streams ? reply.isFinished() : reply.body().endsWith("}");
        if (reply.status() == 200 && whole) {
          answered.incrementAndGet();
        } else {
          failures.add(reply.status() + " " + reply.body());
        }
      } catch (UncheckedIOException e) {
        failures.add(e.toString());
      }
    }
  }

  private boolean sawFailure() {
    return !failures.isEmpty();
  }

  /** In every second of it calls are answered; the ledger and what is not in memory say 503. */
  private String staysAway(Caller caller) {
    long since = System.nanoTime();
    Until.holds(Duration.ofSeconds(15), "noticed", () -> metric(caller, "database_up") == 0);
    String during = response(caller);
    String id = caller.chat("openai/text").header("x-request-id");
    while (System.nanoTime() - since < AWAY.toNanos()) {
      int now = answered.get();
      Until.holds(Duration.ofSeconds(1), "calls go on", () -> answered.get() > now + 20);
      for (String usage : List.of("?limit=1", "/summary", "/" + id)) {
        assertThat(caller.get("/v1/usage" + usage).status()).as(usage).isEqualTo(503);
      }
      assertThat(caller.get("/v1/responses/" + during).status()).isEqualTo(200);
      assertThat(caller.get("/v1/responses/resp_of_long_ago").status()).isEqualTo(503);
    }
    return during;
  }

  private void catchesUp(Caller caller) {
    long since = System.nanoTime();
    Until.holds(
        CATCH_UP,
        "caught up",
        () -> metric(caller, "database_up") == 1 && metric(caller, "lag_seconds") < 1);
    Load.figure(
        "database away for " + AWAY + ", caught up after",
        Duration.ofNanos(System.nanoTime() - since));
  }

  private void nothingIsLost(Caller caller) {
    JsonNode sums = caller.get("/v1/usage?model=gpt-4o--text&group_by=model").json().at("/data/0");
    Load.figure("calls answered meanwhile", answered);
    assertThat(sums.path("requests").asLong()).isEqualTo(answered.get());
    assertThat(sums.path("input_tokens").asLong()).isEqualTo((long) Said.PROMPT * answered.get());
    assertThat(sums.path("output_tokens").asLong())
        .isEqualTo((long) Said.COMPLETION * answered.get());
  }

  private static String response(Caller caller) {
    Caller.Reply reply =
        caller.post("/v1/responses", "{\"model\":\"openai/text\",\"input\":\"Hello\"}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json().path("id").asText();
  }

  private static double metric(Caller caller, String name) {
    return caller
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("serai_ledger_" + name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
