package dev.serai.processors.people;

import dev.serai.processors.support.EventLoops;

/** Deletes a stored tenant. Thread-safe. */
final class DeleteTenant extends PeopleStep {
  DeleteTenant(Tenants tenants, EventLoops loops) {
    super(tenants::delete, loops);
  }
}
