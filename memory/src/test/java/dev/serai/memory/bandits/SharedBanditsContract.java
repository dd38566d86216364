package dev.serai.memory.bandits;

import static dev.serai.memory.bandits.LearningGateway.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.Sql;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bandits have learned is stored and shared, and counts once, on every database. */
abstract class SharedBanditsContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Database database;
  private int gateways;

  abstract String url();

  @BeforeEach
  final void begin() throws SQLException {
    database = new Database(url(), folder);
    change("DELETE FROM bandit_learned WHERE 1 = 1");
    change("DELETE FROM bandit_batch WHERE 1 = 1");
  }

  private int change(String sql, Object... values) throws SQLException {
    try (Connection connection = database.connect()) {
      return Sql.run(connection, sql, values);
    }
  }

  private int rows() throws SQLException {
    try (Connection connection = database.connect()) {
      return Sql.texts(connection, "SELECT name FROM bandit_learned").size();
    }
  }

  private void pass(Duration time) throws SQLException {
    change("UPDATE bandit_learned SET written_ms = written_ms - ?", time.toMillis());
  }

  private LearningGateway gateway() throws SQLException {
    return gateway(Duration.ZERO);
  }

  private LearningGateway gateway(Duration halfLife) throws SQLException {
    gateways++;
    return new LearningGateway(database, "gateway-" + gateways, halfLife);
  }

  @Test
  void whatOneLearnsTheOtherKnowsAfterItsNextExchangeOnce() throws Exception {
    LearningGateway one = gateway().exchange();
    LearningGateway other = gateway().learn(2).exchange();
    one.learn(3).exchange();
    assertThat(one.calls()).isEqualTo(5);
    other.exchange();
    assertThat(other.calls()).isEqualTo(5);

    for (int i = 0; i < 3; i++) {
      one.exchange();
      other.exchange();
    }
    assertThat(one.calls()).isEqualTo(5);
    assertThat(other.calls()).isEqualTo(5);
    assertThat(rows()).as("nothing new, nothing written").isEqualTo(2);
  }

  @Test
  void aRestartKnowsAllThatWasWritten() throws Exception {
    LearningGateway before = gateway().learn(3).exchange().learn(2).exchange();
    before.learn("other", 4).exchange();
    before.learn(100).close();
    LearningGateway after = gateway().exchange();
    assertThat(after.calls()).isEqualTo(5);
    assertThat(after.calls("other")).isEqualTo(4);
    assertThat(after.learn(1).exchange().exchange().calls()).isEqualTo(6);
    assertThat(gateway().exchange().calls()).isEqualTo(6);
  }

  @Test
  void aNameThatOthersUseIsKnownBeforeItsFirstCall() throws Exception {
    LearningGateway other = gateway().exchange();
    gateway().learn(3).exchange();
    assertThat(other.exchange().calls()).isEqualTo(3);
  }

  @Test
  void whatWasStoredCountsOnceIfTheConfirmationIsLost() throws Exception {
    LearningGateway one = gateway().exchange().learn(3);
    try (Connection connection = database.connect()) {
      Connection lossy = failing(connection, 2, true);
      assertThatThrownBy(() -> one.exchange(lossy)).hasMessage("the connection is lost");
    }
    one.learn(2).exchange();
    assertThat(one.calls()).isEqualTo(5);
    assertThat(gateway().exchange().calls()).isEqualTo(5);
  }

  @Test
  void whatCouldNotBeStoredIsStoredLater() throws Exception {
    LearningGateway one = gateway().exchange().learn(3);
    try (Connection connection = database.connect()) {
      Connection broken = failing(connection, 2, false);
      assertThatThrownBy(() -> one.exchange(broken)).hasMessage("the connection is lost");
    }
    assertThat(gateway().exchange().calls()).isZero();
    one.learn(2).exchange();
    assertThat(one.calls()).isEqualTo(5);
    assertThat(gateway().exchange().calls()).isEqualTo(5);
  }

  /** A connection that is lost at one of its commits, the first of which has the number 1. */
  private static Connection failing(Connection to, int commit, boolean afterIt) {
    int[] commits = {0};
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              boolean last = method.getName().equals("commit") && ++commits[0] == commit;
              if (last && !afterIt) {
                throw new SQLException("the connection is lost");
              }
              try {
                Object result = method.invoke(to, arguments);
                if (last) {
                  throw new SQLException("the connection is lost");
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  @Test
  void aBanditThatWasDroppedGetsEverythingAgain() throws Exception {
    LearningGateway one = gateway().exchange().learn(3).exchange();
    one.bandits.clear();
    one.learn(2).exchange();
    assertThat(one.calls()).isEqualTo(5);
    assertThat(gateway().exchange().calls()).isEqualTo(5);
  }

  @Test
  void oldRowsAreFoldedIntoOneAndCountOnce() throws Exception {
    LearningGateway one = gateway().exchange();
    LearningGateway other = gateway().exchange();
    for (int i = 0; i < 4; i++) {
      one.learn(2).exchange();
      other.learn(1).exchange();
    }
    one.exchange();
    pass(Duration.ofHours(2));
    one.learn(1).exchange();
    assertThat(rows()).isEqualTo(9);

    one.fold();
    assertThat(rows()).isEqualTo(2);
    other.fold();
    assertThat(rows()).isEqualTo(2);
    assertThat(one.exchange().calls()).isEqualTo(13);
    assertThat(other.exchange().calls()).isEqualTo(13);
    assertThat(gateway().exchange().calls()).isEqualTo(13);
  }

  @Test
  void moreRowsOfANameThanAStartIsToReadAreFolded() throws Exception {
    String state = gateway().learn(1).bandit(NAME).state().text();
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      LearnedRows.lock(connection);
      for (int i = 0; i < 600; i++) {
        LearnedRows.append(connection, "many", Map.of(NAME, state), Long.MAX_VALUE / 2);
      }
      connection.commit();
    }
    LearningGateway one = gateway();
    one.fold();
    assertThat(rows()).isEqualTo(501);
    assertThat(one.exchange().calls()).isEqualTo(600);
  }

  @Test
  void whatWasLearnedFadesWhileItIsStored() throws Exception {
    Duration halfLife = Duration.ofHours(4);
    gateway(halfLife).learn(16).exchange();
    pass(halfLife);
    gateway(halfLife).exchange().learn(16).exchange();
    pass(halfLife);
    assertThat(gateway(halfLife).exchange().calls()).isCloseTo(12, within(0.1));
    gateway(halfLife).fold();
    assertThat(rows()).isOne();
    pass(halfLife);
    assertThat(gateway(halfLife).exchange().calls()).isCloseTo(6, within(0.1));
  }

  @Test
  void aRowThatCannotBeReadIsLeftOutAndStays() throws Exception {
    LearningGateway one = gateway().exchange().learn(3).exchange();
    change("UPDATE bandit_learned SET state = 'serai-bandit 9' WHERE 1 = 1");
    one.learn(2).exchange().learn(4).exchange();
    assertThat(gateway().exchange().calls()).isEqualTo(6);
    pass(Duration.ofHours(2));
    one.fold();
    assertThat(rows()).as("a folded row, and that of a newer version").isEqualTo(2);
    assertThat(gateway().exchange().calls()).isEqualTo(6);
    pass(Duration.ofDays(90));
    one.fold();
    assertThat(rows()).isZero();
  }

  @Test
  void anOlderBackupOfTheDatabaseIsTakenUp() throws Exception {
    LearningGateway one = gateway().learn(3).exchange();
    LearningGateway other = gateway().exchange();
    change("DELETE FROM bandit_learned WHERE 1 = 1");
    change("DELETE FROM bandit_batch WHERE 1 = 1");
    change("UPDATE bandit_number SET last = 0");
    other.exchange();
    one.learn(2).exchange();
    assertThat(other.exchange().calls()).isEqualTo(5);
  }

  @Test
  void gatewaysThatWriteAtTheSameTimeMissNothing() throws Exception {
    List<LearningGateway> all = List.of(gateway(), gateway(), gateway());
    try (ExecutorService threads = Executors.newFixedThreadPool(all.size())) {
      List<Future<?>> running = new ArrayList<>();
      for (LearningGateway each : all) {
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 40; i++) {
                    each.learn(1).exchange();
                  }
                  return each;
                }));
      }
      for (Future<?> each : running) {
        each.get(PATIENCE.toSeconds() * 4, TimeUnit.SECONDS);
      }
    }
    for (LearningGateway each : all) {
      assertThat(each.exchange().calls()).isEqualTo(120);
    }
    assertThat(gateway().exchange().calls()).isEqualTo(120);
  }

  @Test
  void theThreadReadsAtTheStartAndWritesAtTheEnd() throws Exception {
    LearningGateway before = gateway();
    BackgroundThreads threads = BackgroundThreads.unreported();
    SharedBandits shared = new SharedBandits(before, database, threads);
    shared.start();
    before.learn(3);
    shared.close();

    LearningGateway after = gateway();
    try (SharedBandits again = new SharedBandits(after, database, threads)) {
      again.start();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (after.calls() < 3 && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(after.calls()).isEqualTo(3);
    }
  }
}
