package dev.serai.processors.people;

import dev.serai.processors.support.EventLoops;

/** Stores a tenant. Thread-safe. */
final class CreateTenant extends PeopleStep {
  CreateTenant(Tenants tenants, EventLoops loops) {
    super(tenants::create, loops);
  }
}
