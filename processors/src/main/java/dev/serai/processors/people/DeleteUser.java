package dev.serai.processors.people;

import dev.serai.processors.support.EventLoops;

/** Deletes a stored user. Thread-safe. */
final class DeleteUser extends PeopleStep {
  DeleteUser(Users users, EventLoops loops) {
    super(users::delete, loops);
  }
}
