package dev.serai.processors.roles;

import dev.serai.core.people.RoleStore;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that show and manage roles. The steps are thread-safe. */
public final class RoleSteps {
  private RoleSteps() {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(
      RoleStore store, RoleStore.Reader reader, EventLoops loops) {
    return Map.of(
        "list-roles", new ListRoles(store, loops),
        "show-role", new ShowRole(store, loops),
        "create-role", new CreateRole(store, reader, loops),
        "delete-role", new DeleteRole(store, loops));
  }
}
