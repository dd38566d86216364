package dev.serai.config.auth;

/**
 * The claims of a token that say who calls. A name with dots leads into objects, as {@code
 * realm_access.roles}, unless a claim has that whole name.
 *
 * @param tenant claim with the tenant; without it the tenant of the issuer pays
 * @param team claim with the team within the tenant
 * @param user claim with the person or program
 * @param roles claim with roles, a list or a text with blanks; those in roles of the issuer count
 * @param permissions claim with permissions of Serai, a list or a text with blanks; others are
 *     ignored
 * @param models claim with the models that the caller may call, a list
 * @param tags claim with tags for usage, budgets and the log, a list
 */
public record ClaimSettings(
    String tenant,
    String team,
    String user,
    String roles,
    String permissions,
    String models,
    String tags) {
  /** Claims with the names of what they say, and sub for the user. */
  public static ClaimSettings defaults() {
    return new ClaimSettings("tenant", "team", "sub", "roles", "permissions", "models", "tags");
  }
}
