package dev.serai.memory.ledger;

import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.PolicyFeatures.Trait;
import dev.serai.core.usage.RecordedDecision;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes and reads rows of the table {@code usage_decision}. Pure. */
final class DecisionTable {
  static final String COLUMNS =
      "strategy, source, reason, choice, targets, candidates, algorithm, propensity, kind_of_work,"
          + " prompt_tokens, turns, traits, experiment, variant, challenger";

  /** Inserts a decision. A row that exists stays unchanged: a batch may be written twice. */
  static final String INSERT =
      "INSERT INTO usage_decision (decision_of, "
          + COLUMNS
          + ") VALUES (?"
          + ", ?".repeat(15)
          + ") ON CONFLICT DO NOTHING";

  /** To be added to a query of {@code usage_attempt}: a decision is read with the first attempt. */
  static final String JOIN =
      " LEFT JOIN usage_decision ON decision_of = request_id AND attempt <= 1";

  private DecisionTable() {}

  static void bind(PreparedStatement s, String requestId, RecordedDecision made)
      throws SQLException {
    s.setString(1, requestId);
    s.setString(2, made.strategy());
    s.setString(3, made.source());
    s.setString(4, made.reason());
    s.setString(5, made.choice());
    s.setInt(6, made.targets());
    s.setString(
        7, made.candidates().stream().map(DecisionTable::text).collect(Collectors.joining("\n")));
    s.setString(8, made.algorithm());
    if (made.propensity().isPresent()) {
      s.setDouble(9, made.propensity().getAsDouble());
    } else {
      s.setNull(9, Types.DOUBLE);
    }
    Optional<PolicyFeatures> features = made.features();
    s.setString(10, features.map(PolicyFeatures::task).orElse(""));
    s.setLong(11, features.map(PolicyFeatures::promptTokens).orElse(0L));
    s.setInt(12, features.map(PolicyFeatures::turns).orElse(0));
    s.setString(13, features.map(PolicyFeatures::traits).map(DecisionTable::text).orElse(""));
    s.setString(14, made.assignment().map(Assignment::experiment).orElse(""));
    s.setString(15, made.assignment().map(Assignment::variant).orElse(""));
    s.setInt(16, made.assignment().filter(Assignment::challenger).isPresent() ? 1 : 0);
  }

  private static String text(Candidate candidate) {
    return (candidate.provider() + '/' + candidate.model()).replace('\n', ' ');
  }

  private static String text(Set<Trait> traits) {
    return traits.stream().sorted().map(Trait::label).collect(Collectors.joining(","));
  }

  /**
   * Reads a decision.
   *
   * @param first the index of the first of {@link #COLUMNS}
   * @return empty if the call has none
   */
  static Optional<RecordedDecision> read(ResultSet r, int first) throws SQLException {
    String strategy = r.getString(first);
    if (strategy == null) {
      return Optional.empty();
    }
    double propensity = r.getDouble(first + 7);
    boolean known = !r.wasNull();
    return Optional.of(
        new RecordedDecision(
            strategy,
            r.getString(first + 1),
            r.getString(first + 2),
            r.getString(first + 3),
            r.getInt(first + 4),
            candidates(r.getString(first + 5)),
            r.getString(first + 6),
            known ? OptionalDouble.of(propensity) : OptionalDouble.empty(),
            features(r, first + 8),
            assignment(r, first + 12)));
  }

  private static Optional<Assignment> assignment(ResultSet r, int first) throws SQLException {
    String experiment = r.getString(first);
    return experiment.isEmpty()
        ? Optional.empty()
        : Optional.of(new Assignment(experiment, r.getString(first + 1), r.getInt(first + 2) != 0));
  }

  private static List<Candidate> candidates(String text) {
    return text.lines()
        .map(
            line -> {
              int slash = line.indexOf('/');
              return new Candidate(line.substring(0, slash), line.substring(slash + 1));
            })
        .toList();
  }

  private static Optional<PolicyFeatures> features(ResultSet r, int first) throws SQLException {
    String task = r.getString(first);
    if (task.isEmpty()) {
      return Optional.empty();
    }
    Set<Trait> traits =
        Arrays.stream(r.getString(first + 3).split(","))
            .flatMap(label -> Trait.named(label).stream())
            .collect(Collectors.toSet());
    return Optional.of(new PolicyFeatures(task, r.getLong(first + 1), r.getInt(first + 2), traits));
  }
}
