package dev.serai.memory.budgets;

import dev.serai.core.budget.alert.AlertReceiver;
import dev.serai.memory.budgets.BudgetAlerts.Outcome;
import dev.serai.memory.budgets.BudgetAlerts.Sender;
import dev.serai.memory.database.DatabaseClock;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends stored messages, each by one gateway at a time, until the receiver has taken it or a day
 * has passed. A gateway that is killed after a send and before it has noted that sends the message
 * once more, with the same ID. For one thread; the counts are thread-safe.
 */
final class AlertDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(BudgetAlerts.class);

  /** How many messages of a receiver are sent at the same time. */
  private static final int MAX_AT_ONCE = 20;

  /** How long no other gateway sends a message that one is sending. */
  private static final long CLAIM_MILLIS = Duration.ofMinutes(1).toMillis();

  private static final Duration REPLY = Duration.ofSeconds(30);
  private static final Duration GIVE_UP = Duration.ofDays(1);

  /** The longest time until a message is sent again. */
  static final long MAX_PAUSE_MILLIS = Duration.ofHours(1).toMillis();

  private final Sender sender;
  private final Map<Outcome, AtomicLong> counts = new EnumMap<>(Outcome.class);

  /** A message that is being sent; the fault is empty if the receiver has taken it. */
  private record Sent(AlertRows.Pending message, CompletableFuture<Optional<String>> fault) {}

  AlertDelivery(Sender sender) {
    this.sender = sender;
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new AtomicLong());
    }
  }

  long count(Outcome outcome) {
    AtomicLong count = counts.get(outcome);
    return count == null ? 0 : count.get();
  }

  /** Sends what is due for a receiver. */
  void send(Connection connection, AlertReceiver receiver) throws SQLException {
    long now = DatabaseClock.millis(connection);
    List<AlertRows.Pending> due = AlertRows.due(connection, receiver.name(), now, MAX_AT_ONCE);
    connection.commit();
    List<Sent> sent = new ArrayList<>();
    for (AlertRows.Pending message : due) {
      if (AlertRows.claim(connection, message, now + CLAIM_MILLIS)) {
        connection.commit();
        sent.add(new Sent(message, begin(receiver, message)));
      } else {
        connection.rollback();
      }
    }
    for (Sent one : sent) {
      finish(connection, receiver, one);
    }
  }

  private CompletableFuture<Optional<String>> begin(
      AlertReceiver receiver, AlertRows.Pending message) {
    byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
    return sender
        .send(receiver.name(), message.id(), body)
        .completeOnTimeout(Optional.of("no reply in time"), REPLY.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(_ -> Optional.of("the request failed"));
  }

  private void finish(Connection connection, AlertReceiver receiver, Sent sent)
      throws SQLException {
    Optional<String> fault = sent.fault.join();
    AlertRows.Pending message = sent.message;
    long now = DatabaseClock.millis(connection);
    connection.commit(); // or SQLite refuses to write if another connection has, meanwhile
    if (fault.isEmpty()) {
      AlertRows.end(connection, message.id());
      count(connection, Outcome.SENT);
    } else if (now - message.createdMillis() >= GIVE_UP.toMillis()) {
      AlertRows.end(connection, message.id());
      count(connection, Outcome.GIVEN_UP);
      LOG.warn(
          "budgets: the alert {} for {} is not sent any more after {} attempts in a day: {}",
          message.id(),
          receiver.name(),
          message.attempts() + 1,
          fault.get());
    } else {
      AlertRows.retry(connection, message.id(), now + pauseMillis(message.attempts()));
      count(connection, Outcome.FAILED);
      LOG.warn(
          "budgets: the alert {} for {} is sent again later: {}",
          message.id(),
          receiver.name(),
          fault.get());
    }
  }

  private void count(Connection connection, Outcome outcome) throws SQLException {
    connection.commit();
    AtomicLong count = counts.get(outcome);
    if (count != null) {
      count.incrementAndGet();
    }
  }

  /** A second after the first attempt, then twice as long each time, up to an hour. */
  static long pauseMillis(int before) {
    return Math.min(1000L << Math.min(before, 30), MAX_PAUSE_MILLIS);
  }
}
