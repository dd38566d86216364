package dev.serai.memory.prompts;

import dev.serai.core.keys.KeyQuery;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptProblems;
import dev.serai.core.prompt.PromptStore;
import dev.serai.core.prompt.PromptVersion;
import dev.serai.memory.database.ChangeWriter;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Stores prompts in the database. All of them are in the memory of each gateway, so their number
 * and size are bounded. Thread-safe.
 */
public final class StoredPrompts implements PromptStore {
  /** How many prompts there may be. */
  static final int MAX = 1_000;

  /** How many versions a prompt may have. */
  static final int MAX_VERSIONS = 1_000;

  /** How many bytes all versions may count together. */
  static final long MAX_BYTES = 32L << 20;

  /** How many of these bytes one tenant may have. */
  static final long MAX_BYTES_OF_TENANT = 8L << 20;

  private final DatabaseReader reader;
  private final ChangeWriter writer;
  private final InstantSource clock;
  private final Supplier<String> ids;

  /**
   * @param ids makes the IDs of prompts
   */
  public StoredPrompts(
      DatabaseReader reader, ChangeWriter writer, InstantSource clock, Supplier<String> ids) {
    this.reader = reader;
    this.writer = writer;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Prompt create(Prompt wanted) {
    return writer.run(
        connection -> {
          if (find(connection, wanted.tenant(), wanted.name()).isPresent()) {
            throw new CallerProblem(
                409,
                "prompt_exists",
                "The prompt '" + wanted.name() + "' already exists.",
                Optional.of("name"));
          }
          if (PromptRows.number(connection, "SELECT count(*) FROM prompt") >= MAX) {
            throw new CallerProblem(
                409,
                "too_many_prompts",
                "There are already " + MAX + " prompts. Delete some first.",
                Optional.of("name"));
          }
          Instant now = now();
          Prompt made =
              new Prompt(
                  ids.get(),
                  wanted.tenant(),
                  wanted.name(),
                  wanted.description(),
                  wanted.archived(),
                  0,
                  new TreeMap<>(),
                  now,
                  wanted.createdBy());
          PromptRows.insert(connection, made, now.toEpochMilli());
          return made;
        });
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  @Override
  public Optional<Prompt> find(String id) {
    return reader.read(connection -> PromptRows.find(connection, id));
  }

  @Override
  public Optional<Prompt> find(String tenant, String name) {
    return reader.read(connection -> find(connection, tenant, name));
  }

  private static Optional<Prompt> find(Connection connection, String tenant, String name)
      throws SQLException {
    return PromptRows.PROMPTS.where(connection, "tenant = ? AND name = ?", tenant, name).stream()
        .findFirst();
  }

  @Override
  public List<Prompt> list(KeyQuery query) {
    return reader
        .read(connection -> PromptRows.PROMPTS.list(connection, query))
        .orElseThrow(KeyQuery::unknownAfter);
  }

  @Override
  public Optional<Prompt> change(String id, UnaryOperator<Prompt> change) {
    return writer.run(
        connection -> {
          Optional<Prompt> former = PromptRows.find(connection, id);
          if (former.isEmpty()) {
            return former;
          }
          Prompt changed = change.apply(former.get());
          requireVersions(connection, changed);
          PromptRows.update(connection, changed, clock.millis());
          return Optional.of(changed);
        });
  }

  private static void requireVersions(Connection connection, Prompt changed) throws SQLException {
    if (changed.labels().size() > Prompt.MAX_LABELS) {
      throw new CallerProblem(
          409,
          "too_many_labels",
          "A prompt has at most " + Prompt.MAX_LABELS + " labels. Remove one first.",
          Optional.of("label"));
    }
    for (int version : changed.labels().values()) {
      if (!Sql.isAny(
          connection,
          "SELECT 1 FROM prompt_version WHERE prompt = ? AND number = ?",
          changed.id(),
          version)) {
        throw PromptProblems.noVersion(changed.name(), Integer.toString(version));
      }
    }
  }

  @Override
  public boolean delete(String id) {
    return writer.run(
        connection -> {
          Optional<Prompt> former = PromptRows.find(connection, id);
          if (former.isPresent() && !former.get().labels().isEmpty()) {
            throw new CallerProblem(
                409,
                "prompt_labelled",
                "The prompt has the labels "
                    + String.join(", ", former.get().labels().keySet())
                    + ". Delete them first: calls may use them.",
                Optional.of("prompt"));
          }
          Sql.run(connection, "DELETE FROM prompt_version WHERE prompt = ?", id);
          return Sql.run(connection, "DELETE FROM prompt WHERE id = ?", id) > 0;
        });
  }

  @Override
  public Optional<PromptVersion> add(String id, PromptVersion wanted, Optional<String> label) {
    return writer.run(
        connection -> {
          Optional<Prompt> former = PromptRows.find(connection, id);
          if (former.isEmpty()) {
            return Optional.empty();
          }
          requireRoom(connection, former.get(), PromptRows.size(wanted));
          Prompt grown = former.get().grown();
          PromptVersion made =
              new PromptVersion(
                  grown.lastVersion(),
                  wanted.content(),
                  wanted.comment(),
                  now(),
                  wanted.createdBy());
          PromptRows.insert(connection, id, made);
          Prompt changed = label.map(name -> grown.labelled(name, made.number())).orElse(grown);
          requireVersions(connection, changed);
          PromptRows.update(connection, changed, clock.millis());
          return Optional.of(made);
        });
  }

  private static void requireRoom(Connection connection, Prompt prompt, long more)
      throws SQLException {
    if (prompt.archived()) {
      throw new CallerProblem(
          409,
          "prompt_archived",
          "The prompt '" + prompt.name() + "' is in the archive. Take it out first.",
          Optional.of("prompt"));
    }
    long versions =
        PromptRows.number(
            connection, "SELECT count(*) FROM prompt_version WHERE prompt = ?", prompt.id());
    if (versions >= MAX_VERSIONS) {
      throw new CallerProblem(
          409,
          "too_many_versions",
          "The prompt '"
              + prompt.name()
              + "' has "
              + MAX_VERSIONS
              + " versions, which is the most. Delete some that no call uses.",
          Optional.of("version"));
    }
    long all = PromptRows.number(connection, "SELECT sum(size_bytes) FROM prompt_version");
    long ofTenant =
        PromptRows.number(
            connection,
            "SELECT sum(v.size_bytes) FROM prompt_version v JOIN prompt p ON p.id = v.prompt"
                + " WHERE p.tenant = ?",
            prompt.tenant());
    if (all + more > MAX_BYTES || ofTenant + more > MAX_BYTES_OF_TENANT) {
      throw full();
    }
  }

  private static CallerProblem full() {
    return new CallerProblem(
        409,
        "prompts_full",
        "The versions of all prompts may have "
            + (MAX_BYTES >> 20)
            + " MiB, those of a tenant "
            + (MAX_BYTES_OF_TENANT >> 20)
            + " MiB. Each counts its content, its comment and 2 KiB. Delete versions that no call"
            + " uses.",
        Optional.of("version"));
  }

  @Override
  public Optional<PromptVersion> version(String id, int number) {
    return reader
        .read(
            connection -> PromptRows.versions(connection, "prompt = ? AND number = ?", id, number))
        .stream()
        .findFirst();
  }

  @Override
  public List<PromptVersion> versions(String id, int below, int limit) {
    return reader.read(
        connection ->
            PromptRows.versions(
                connection,
                "prompt = ? AND number < ? ORDER BY number DESC LIMIT ?",
                id,
                below,
                limit));
  }

  @Override
  public boolean deleteVersion(String id, int number) {
    return writer.run(
        connection -> {
          Optional<Prompt> prompt = PromptRows.find(connection, id);
          for (Map.Entry<String, Integer> label :
              prompt.map(one -> one.labels().entrySet()).orElse(Set.of())) {
            if (label.getValue() == number) {
              throw new CallerProblem(
                  409,
                  "prompt_version_labelled",
                  "The label '" + label.getKey() + "' points to this version. Move it first.",
                  Optional.of("version"));
            }
          }
          return Sql.run(
                  connection,
                  "DELETE FROM prompt_version WHERE prompt = ? AND number = ?",
                  id,
                  number)
              > 0;
        });
  }
}
