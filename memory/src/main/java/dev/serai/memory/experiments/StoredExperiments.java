package dev.serai.memory.experiments;

import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.experiment.ExperimentStore;
import dev.serai.core.experiment.Rounds;
import dev.serai.core.experiment.Variant;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.problem.CallerProblem;
import dev.serai.memory.database.ChangeWriter;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.database.Sql;
import dev.serai.memory.database.TableRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Stores experiments in the database. Thread-safe. */
public final class StoredExperiments implements ExperimentStore {
  /** How many there may be: all of them are read again after each change. */
  static final int MAX = 1_000;

  private static final TableRows<Experiment> ROWS =
      new TableRows<>("experiment", "tenant", StoredExperiments::experiment);

  private final DatabaseReader reader;
  private final ChangeWriter writer;
  private final InstantSource clock;
  private final Supplier<String> ids;

  /**
   * @param ids makes the IDs of experiments that are given none
   */
  public StoredExperiments(
      DatabaseReader reader, ChangeWriter writer, InstantSource clock, Supplier<String> ids) {
    this.reader = reader;
    this.writer = writer;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Those that run.
   *
   * @throws SQLException if the database fails
   */
  public static List<Experiment> running(Connection connection) throws SQLException {
    return ROWS.where(connection, "status = ?", Status.RUNNING.name());
  }

  private static Optional<Experiment> find(Connection connection, String id) throws SQLException {
    return ROWS.where(connection, "id = ?", id).stream().findFirst();
  }

  @Override
  public Experiment create(Experiment wanted) {
    Experiment made = wanted.id().isEmpty() ? wanted.withId(ids.get()) : wanted;
    return writer.run(
        connection -> {
          requireRoom(connection, made.id());
          requireOnlyOne(connection, made);
          long now = clock.millis();
          Sql.run(
              connection,
              "INSERT INTO experiment (id, tenant, model, unit, status, variants, automatic,"
                  + " round, since_ms, created_ms, updated_ms)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              made.id(),
              made.tenant(),
              made.model(),
              made.unit().name(),
              made.status().name(),
              lines(made.variants()),
              made.rounds().automatic() ? 1 : 0,
              made.rounds().number(),
              made.rounds().sinceMillis(),
              now,
              now);
          return made;
        });
  }

  private static void requireRoom(Connection connection, String id) throws SQLException {
    if (find(connection, id).isPresent()) {
      throw new CallerProblem(
          409,
          "experiment_exists",
          "The experiment '" + id + "' already exists.",
          Optional.of("id"));
    }
    if (Sql.isAny(
        connection,
        "SELECT 1 FROM usage_decision WHERE experiment = ? AND experiment <> '' LIMIT 1",
        id)) {
      throw new CallerProblem(
          409,
          "experiment_exists",
          "An earlier experiment had the ID '"
              + id
              + "', and its calls are in the ledger. Choose another one.",
          Optional.of("id"));
    }
    if (ROWS.where(connection, "1 = 1 LIMIT ?", MAX).size() == MAX) {
      throw new CallerProblem(
          409,
          "too_many_experiments",
          "There are already " + MAX + " experiments. Delete some first.",
          Optional.empty());
    }
  }

  /** Two experiments cannot divide the same calls. */
  private static void requireOnlyOne(Connection connection, Experiment wanted) throws SQLException {
    if (wanted.status() != Status.RUNNING) {
      return;
    }
    for (Experiment other :
        ROWS.where(
            connection,
            "status = ? AND tenant = ? AND model = ? AND id <> ?",
            Status.RUNNING.name(),
            wanted.tenant(),
            wanted.model(),
            wanted.id())) {
      throw new CallerProblem(
          409,
          "experiment_running",
          "The experiment '" + other.id() + "' runs for this model. Stop it first.",
          Optional.of("status"));
    }
  }

  @Override
  public Optional<Experiment> find(String id) {
    return reader.read(connection -> find(connection, id));
  }

  @Override
  public List<Experiment> list(KeyQuery query) {
    return reader
        .read(connection -> ROWS.list(connection, query))
        .orElseThrow(KeyQuery::unknownAfter);
  }

  @Override
  public Optional<Experiment> change(String id, UnaryOperator<Experiment> change) {
    return writer.run(
        connection -> {
          Optional<Experiment> changed = find(connection, id).map(change);
          if (changed.isPresent()) {
            requireOnlyOne(connection, changed.get());
            Sql.run(
                connection,
                "UPDATE experiment SET status = ?, variants = ?, automatic = ?, round = ?,"
                    + " since_ms = ?, updated_ms = ? WHERE id = ?",
                changed.get().status().name(),
                lines(changed.get().variants()),
                changed.get().rounds().automatic() ? 1 : 0,
                changed.get().rounds().number(),
                changed.get().rounds().sinceMillis(),
                clock.millis(),
                id);
          }
          return changed;
        });
  }

  @Override
  public boolean delete(String id) {
    return writer.run(
        connection -> {
          if (find(connection, id).filter(one -> one.status() == Status.RUNNING).isPresent()) {
            throw new CallerProblem(
                409,
                "experiment_running",
                "The experiment '" + id + "' runs. Stop it first.",
                Optional.of("id"));
          }
          return Sql.run(connection, "DELETE FROM experiment WHERE id = ?", id) > 0;
        });
  }

  /**
   * The column {@code variants}: a variant a line, the champion first, as its name, weight and
   * model, and its share of copies if it gets some, separated by tabs.
   */
  private static String lines(List<Variant> variants) {
    return variants.stream()
        .map(one -> one.name() + '\t' + one.weight() + '\t' + one.model() + shadow(one))
        .collect(Collectors.joining("\n"));
  }

  /** Earlier versions of Serai write and read a line without it. */
  private static String shadow(Variant variant) {
    return variant.isShadow() ? "\t" + variant.shadow() : "";
  }

  private static Variant variant(String line) {
    String[] parts = line.split("\t");
    int shadow = parts.length > 3 ? Integer.parseInt(parts[3]) : 0;
    return new Variant(parts[0], parts[2], Integer.parseInt(parts[1]), shadow);
  }

  private static Experiment experiment(ResultSet row) throws SQLException {
    return new Experiment(
        row.getString("id"),
        row.getString("tenant"),
        row.getString("model"),
        Unit.valueOf(row.getString("unit")),
        Status.valueOf(row.getString("status")),
        row.getString("variants").lines().map(StoredExperiments::variant).toList(),
        new Rounds(row.getInt("automatic") == 1, row.getInt("round"), row.getLong("since_ms")));
  }
}
