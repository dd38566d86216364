/**
 * The steps of {@code routes/roles.camel.yaml}: they show the roles of keys and users, and manage
 * the stored ones.
 */
@NullMarked
package dev.serai.processors.roles;

import org.jspecify.annotations.NullMarked;
