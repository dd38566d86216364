package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.caller.Roles;
import dev.serai.core.people.PeopleRequest;
import dev.serai.core.people.PeopleRequestReader;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the JSON of requests about tenants and users; refuses members that it does not know. Pure.
 */
final class JsonPeopleRequests implements PeopleRequestReader {
  private static final int MAX_DESCRIPTION = 500;
  private static final int MAX_TEAMS = 64;

  private final Supplier<Roles> roles;

  JsonPeopleRequests(Supplier<Roles> roles) {
    this.roles = roles;
  }

  @Override
  public PeopleRequest read(byte[] json, Set<String> known) {
    RequestObject request = RequestObject.read(json, known);
    return new PeopleRequest(
        request.name("id"),
        request.name("name"),
        request.name("tenant"),
        request.member("role").map(value -> RequestObject.role(value, roles.get())),
        request.member("teams").map(JsonPeopleRequests::teams),
        request.member("description").map(JsonPeopleRequests::description),
        request.zone("time_zone"),
        request.flag("disabled"));
  }

  private static String description(JsonNode value) {
    return RequestObject.text(
        value,
        "description",
        text -> text.length() <= MAX_DESCRIPTION && text.chars().noneMatch(Character::isISOControl),
        "must be a text of at most " + MAX_DESCRIPTION + " characters, without line breaks");
  }

  private static List<String> teams(JsonNode value) {
    if (!value.isArray() || value.size() > MAX_TEAMS) {
      throw CallerProblem.invalid(
          "teams", "'teams' must be a list of at most " + MAX_TEAMS + " names.");
    }
    List<String> teams = new ArrayList<>();
    value.forEach(team -> teams.add(RequestObject.name(team, "teams")));
    return teams.stream().distinct().toList();
  }
}
