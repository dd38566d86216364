/** The steps of {@code routes/people.camel.yaml}: management of stored tenants and users. */
@NullMarked
package dev.serai.processors.people;

import org.jspecify.annotations.NullMarked;
