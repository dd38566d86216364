/** What is known of a model beside its name: how much it takes, what it can do, what it costs. */
package dev.serai.core.model;
