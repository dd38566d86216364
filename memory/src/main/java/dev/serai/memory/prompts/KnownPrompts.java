package dev.serai.memory.prompts;

import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptVersion;
import dev.serai.core.prompt.PublishedPrompt;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads all prompts. Versions never change, so only those are read that were not read before. For
 * one thread at a time.
 */
public final class KnownPrompts {
  /** How many versions a statement reads; each has up to 128 KiB. */
  private static final int BATCH = 100;

  private Map<Place, PromptVersion> known = Map.of();

  /** The ID of a prompt, and the number of a version. */
  private record Place(String prompt, int number) {}

  /**
   * The prompts as the database has them now.
   *
   * @throws SQLException if the database fails; then the next one reads again
   */
  public List<PublishedPrompt> read(Connection connection) throws SQLException {
    List<Place> places = places(connection);
    Map<Place, PromptVersion> fresh = new HashMap<>();
    List<Place> unknown = new ArrayList<>();
    for (Place place : places) {
      PromptVersion former = known.get(place);
      if (former == null) {
        unknown.add(place);
      } else {
        fresh.put(place, former);
      }
    }
    for (int from = 0; from < unknown.size(); from += BATCH) {
      List<Place> batch = unknown.subList(from, Math.min(from + BATCH, unknown.size()));
      read(connection, batch, fresh);
    }
    Map<String, List<PromptVersion>> byPrompt = new HashMap<>();
    for (Place place : places) {
      PromptVersion version = fresh.get(place);
      if (version != null) { // else it was deleted since its number was read
        byPrompt.computeIfAbsent(place.prompt, _ -> new ArrayList<>()).add(version);
      }
    }
    List<PublishedPrompt> all = new ArrayList<>();
    for (Prompt prompt : PromptRows.PROMPTS.where(connection, "1 = 1")) {
      all.add(new PublishedPrompt(prompt, byPrompt.getOrDefault(prompt.id(), List.of())));
    }
    known = fresh;
    return all;
  }

  private static List<Place> places(Connection connection) throws SQLException {
    List<Place> places = new ArrayList<>();
    String sql = "SELECT prompt, number FROM prompt_version ORDER BY prompt, number";
    try (PreparedStatement read = Sql.bound(connection, sql);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        places.add(new Place(row.getString(1), row.getInt(2)));
      }
    }
    return places;
  }

  private static void read(
      Connection connection, List<Place> batch, Map<Place, PromptVersion> found)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    for (Place place : batch) {
      values.add(place.prompt);
      values.add(place.number);
    }
    PromptRows.read(
        connection,
        (prompt, version) -> found.put(new Place(prompt, version.number()), version),
        String.join(" OR ", Collections.nCopies(batch.size(), "(prompt = ? AND number = ?)")),
        values.toArray());
  }
}
