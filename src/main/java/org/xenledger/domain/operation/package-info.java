/**
 * The words of operations: which steps a hotplug or an unplug takes, and what each does to the world. Which step may
 * follow which is in {@link org.xenledger.domain.state.StepMachine}.
 */
package org.xenledger.domain.operation;
