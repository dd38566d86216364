package dev.serai.processors.people;

import dev.serai.processors.support.EventLoops;

/** Stores a user. Thread-safe. */
final class CreateUser extends PeopleStep {
  CreateUser(Users users, EventLoops loops) {
    super(users::create, loops);
  }
}
