/**
 * The model of a Xen domain: identities, devices, events, the one fold over them and the decisions that make new ones.
 *
 * <p>Pure: Java and Jackson's tree only. No clock, no file, no thread; time, ids and host identity are passed in.
 */
package org.xenledger.domain;
