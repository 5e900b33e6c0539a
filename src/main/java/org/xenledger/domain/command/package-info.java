/** The commands that domains understand: pure decisions from a state to events. */
package org.xenledger.domain.command;
