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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads all prompts. Versions never change, so only those are read that were not read before. For
 * one thread at a time.
 */
public final class KnownPrompts {
  private Map<Place, PromptVersion> known = Map.of();

  /** The ID of a prompt, and the number of a version. */
  private record Place(String prompt, int number) {}

  /**
   * The prompts as the database has them now.
   *
   * @throws SQLException if the database fails; then the next one reads again
   */
  public List<PublishedPrompt> read(Connection connection) throws SQLException {
    Map<Place, PromptVersion> fresh = new HashMap<>();
    Map<String, List<PromptVersion>> byPrompt = new HashMap<>();
    for (Place place : places(connection)) {
      Optional<PromptVersion> version = version(connection, place);
      version.ifPresent(
          one -> {
            fresh.put(place, one);
            byPrompt.computeIfAbsent(place.prompt, _ -> new ArrayList<>()).add(one);
          });
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

  /** Empty if it was deleted since its number was read. */
  private Optional<PromptVersion> version(Connection connection, Place place) throws SQLException {
    PromptVersion former = known.get(place);
    if (former != null) {
      return Optional.of(former);
    }
    return PromptRows.versions(connection, "prompt = ? AND number = ?", place.prompt, place.number)
        .stream()
        .findFirst();
  }
}
