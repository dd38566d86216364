package dev.serai.gateway.reload;

import dev.serai.gateway.reload.RouteText.RouteEntry;
import dev.serai.gateway.reload.RouteText.Word;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/**
 * Checks the names that only one file may use: the ids of its routes, and the endpoints that they
 * are from, which include the {@code direct:} names of providers. Serai's own routes claim theirs
 * too.
 */
final class Claims {
  private static final String ID = "the route id ";

  private final CamelContext context;

  Claims(CamelContext context) {
    this.context = context;
  }

  /**
   * The claims of a file, in the words of messages, with lines.
   *
   * @throws RouteFault if it has one of them twice
   */
  List<Word> of(RouteText text) {
    List<Word> claims = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (RouteEntry route : text.routes()) {
      if (isLoaded(route)) {
        add(new Word(ID + resolved(route.id().text()), route.id().line()), seen, claims);
        add(new Word(resolved(route.from().text()), route.from().line()), seen, claims);
      }
    }
    return claims;
  }

  private static void add(Word claim, Set<String> seen, List<Word> claims) {
    // A path may have several routes, with different methods.
    boolean exclusive = claim.text().startsWith(ID) || claim.text().startsWith("direct:");
    if (claim.line() > 0 && exclusive) {
      if (!seen.add(claim.text())) {
        throw new RouteFault(claim.line(), claim.text() + " is twice in this file");
      }
      claims.add(claim);
    }
  }

  /**
   * Refuses a claim that another file has.
   *
   * @param others the files that serve now and will still serve after this poll
   * @param known ids of all routes that were loaded from files
   * @throws RouteFault that names the other file
   */
  void refuseTaken(List<Word> claims, Collection<LoadedFile> others, Set<String> known) {
    for (Word claim : claims) {
      for (LoadedFile other : others) {
        if (other.claims().contains(claim.text())) {
          throw taken(claim, other.path().toString());
        }
      }
      ownerAmongFixed(claim.text(), known).ifPresent(place -> throwTaken(claim, place));
    }
  }

  /** Finds the owner among the routes that Camel has loaded at the start. */
  private Optional<String> ownerAmongFixed(String claim, Set<String> known) {
    return context.getRoutes().stream()
        .filter(route -> !known.contains(route.getRouteId()))
        .filter(route -> claim.equals(ID + route.getRouteId()) || claim.equals(from(route)))
        .findFirst()
        .map(Claims::place);
  }

  private static String from(Route route) {
    return route.getEndpoint().getEndpointUri().replace("://", ":");
  }

  private static String place(Route route) {
    String location = route.getSourceLocation();
    return location == null ? "Serai's own routes" : location.replaceFirst("^file:", "");
  }

  private static void throwTaken(Word claim, String place) {
    throw taken(claim, place);
  }

  private static RouteFault taken(Word claim, String place) {
    return new RouteFault(
        claim.line(), claim.text() + " is taken by " + place + "; choose another name");
  }

  /** Whether Camel will load it: a route whose precondition is false is left out. */
  private boolean isLoaded(RouteEntry route) {
    return !"false".equals(resolved(route.precondition().text()));
  }

  /** The text with its placeholders resolved, as far as they can be. */
  private String resolved(String text) {
    if (!text.contains("{{")) {
      return text;
    }
    try {
      return context.resolvePropertyPlaceholders(text);
    } catch (IllegalArgumentException e) {
      return text; // Camel reports the placeholder when it loads the route
    }
  }
}
