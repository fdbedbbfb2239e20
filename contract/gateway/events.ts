/** What an agent's events tell (6.5.1): for each `eventType` its `content`, spelt and typed as the reference's examples are. */

/** Whether the agent's own phone or an additional one is meant. */
type CallType = 'main' | 'assistant';

/** 1 voice, 2 video, 3 voice and video, 5 text, 6 video in the browser. */
type MediaAbility = '1' | '2' | '3' | '5' | '6';

interface Offer {
  readonly caller: string;
  readonly transfer: 'yes' | 'no';
  readonly callid: string;
  /** Who transferred the call; empty when nobody did. */
  readonly transfrom: string;
  readonly called: string;
  readonly type: CallType;
  readonly mediaAbility: MediaAbility;
  /** Call type of 6.5.4. It belongs to the call and stays through transfers. */
  readonly feature: string;
  /** Where a web page has given the caller's number, which nobody has verified; of other calls nothing is said. */
  readonly callerVerified?: false;
}

interface Recording {
  readonly taskId: string;
  readonly caller: string;
  readonly recordID: string;
  readonly called: string;
  readonly locationId: string;
  readonly fileName: string;
  /** 1 voice, 2 video. */
  readonly fileMediaType: '1' | '2';
  readonly callId: string;
  /** The same again: there are clients that read this spelling. */
  readonly callid: string;
}

interface InConference {
  readonly confId: number;
}

/** 0 success, 1 failure. */
interface Ended {
  readonly result: 0 | 1;
}

/** 0 success, anything else failure. */
interface Outcome {
  readonly result: number;
}

interface OfCall {
  readonly callId: string;
}

interface LinkedAddress {
  readonly address: string;
  /** 6 a phone number. */
  readonly addressType: 6;
}

interface Preview {
  /** Asked back by 6.1.2.3. */
  readonly controlid: string;
  readonly dialeddigits: string;
}

interface PreviewWithData extends Preview {
  /** Data of the call, up to 16 KB. */
  readonly callData: string;
}

export interface AgentEvents {
  // States of the agent (6.5.1.1).

  /** 6.5.1.1.1. A call occupies the agent; it is not what saybusy brings about. */
  readonly AgentState_Busy: null;
  /** 6.5.1.1.2. Wrap-up after a call, by itself. */
  readonly AgentState_Work: null;
  /** 6.5.1.1.3. Idle. */
  readonly AgentState_Ready: null;
  /** 6.5.1.1.4. Busy really begins, which may be after the call during which it was asked for. Reason 0 none given, 7 the agent released a call. */
  readonly AgentState_SetNotReady_Success: { readonly reason: string };
  /** 6.5.1.1.5. Busy is over. */
  readonly AgentState_CancelNotReady_Success: null;
  /** 6.5.1.1.6. Rest begins. */
  readonly AgentState_SetRest_Success: { readonly reason: string };
  /** 6.5.1.1.7. Rest is over. */
  readonly AgentState_CancelRest_Success: null;
  /** 6.5.1.1.8. The time for rest is over; the agent rests on. */
  readonly AgentState_Rest_Timeout: null;
  /** 6.5.1.1.9. Wrap-up begins, as asked for. */
  readonly AgentState_SetWork_Success: null;
  /** 6.5.1.1.10. Wrap-up is over, as asked for. */
  readonly AgentState_CancelWork_Success: null;
  /**
   * 6.5.1.1.11. A note of another agent (6.1.1.4). The reference's example has null, by which no note could ever be read:
   * these are the fields that clients look for.
   */
  readonly AgentOther_Note: {
    readonly sender: string;
    readonly sendername: string;
    /** Milliseconds since 1970. */
    readonly receivetime: string;
    /** The same time for people. */
    readonly timestring: string;
    readonly context: string;
  };

  // Voice and video calls (6.5.1.2).

  /** 6.5.1.2.1. Talking begins, or goes on. `feature` is the call type of 6.5.4. */
  readonly AgentEvent_Talking: {
    readonly caller: string;
    readonly callid: string;
    readonly called: string;
    readonly feature: string;
    readonly type: CallType;
    readonly mediaAbility: MediaAbility;
    readonly callerVerified?: false;
  };
  /** 6.5.1.2.2. The other side's phone rings: a number, or for an agent also the work number. */
  readonly AgentEvent_Customer_Alerting: {
    readonly callid: string;
    readonly otherPhoneWorkno: string;
    readonly otherPhone: string;
    readonly type: CallType;
  };
  /** 6.5.1.2.3. The call of this id is held. */
  readonly AgentEvent_Hold: string;
  /** 6.5.1.2.4. Three talk together; `partner` has the numbers of the other two, separated by a comma. */
  readonly AgentEvent_Conference: { readonly callid: string; readonly partner: string };
  /** 6.5.1.2.5. The outbound call of this id failed. */
  readonly AgentEvent_Call_Out_Fail: string;
  /** 6.5.1.2.6. Why an outbound call failed: a code of Table 6-451, and words. */
  readonly OUTBOUND_DETECT_EVENT: { readonly callId: string; readonly detect: number; readonly desc: string };
  /** 6.5.1.2.7. The internal call of this id failed. */
  readonly AgentEvent_Inside_Call_Fail: string;
  /** 6.5.1.2.8. The agent did not answer the call of this id, so it was taken away. */
  readonly AgentEvent_No_Answer: string;
  /** 6.5.1.2.9. The agent has left the call of this id. */
  readonly AgentEvent_Call_Release: string;
  /** 6.5.1.2.10. The other side has left the call; its number. */
  readonly AgentEvent_Customer_Release: { readonly callid: string; readonly number: string };
  /** 6.5.1.2.11. A call was answered without the agent's doing. */
  readonly AgentEvent_Auto_Answer: Offer;
  /** 6.5.1.2.12. A call waits for the agent to answer it. */
  readonly AgentEvent_Ringing: Offer;
  /** 6.5.1.2.13. The call of this id could not be connected. */
  readonly AgentEvent_Connect_Fail: string;
  /** 6.5.1.2.14. Help was asked for in vain, in the call of this id. */
  readonly AgentEvent_Consult_Fail: string;
  /** 6.5.1.2.15. How a transfer ended that lets go only when the other side has answered: 0 success. */
  readonly AgentEvent_SuccTransResult: { readonly result: number; readonly callId: string };
  /** 6.5.1.2.16. The call of this id is back from the flow to which it was lent. */
  readonly AgentEvent_ReturnFromIvr: string;
  /** 6.5.1.2.17. A call changed between voice (1) and video (3), or did not. Spelt as printed. Reason 0 success. */
  readonly AgentEvent_MediaSwitth: {
    readonly callid: string;
    readonly reason: number;
    readonly caller: string;
    readonly mediaType: number;
    readonly called: string;
  };
  /** 6.5.1.2.18. What the phone dialled is able to do: 1 voice, 3 voice and video. */
  readonly AgentEvent_UserMediaAbility: { readonly userAbility: '1' | '3'; readonly callid: string };
  /** 6.5.1.2.19. What is known of a call that comes in. */
  readonly AgentEvent_Incoming_CallInfo: {
    readonly callId: string;
    readonly skillName: string;
    readonly skillId: number;
    readonly caller: string;
    readonly called: string;
    /** Agent who released the call before it was queued again; 65535 nobody. */
    readonly lastReleaseAgentId: number;
    readonly mediaType: number;
    /** How often agents released the call and it was queued again. */
    readonly releaseAndReQueueCount: number;
    readonly releaseAndReQueueCallFlag: 0 | 1;
    readonly callerVerified?: false;
  };

  // Outbound calls that are previewed (6.5.1.3).

  /** 6.5.1.3.1. The preview is over without a call. */
  readonly AgentEvent_Release_Preview: null;
  /** 6.5.1.3.2. The agent is kept for a call to come. */
  readonly AgentEvent_Agent_Occupied: null;
  /** 6.5.1.3.3. A call to look at before it is dialled. */
  readonly AgentEvent_Preview: Preview;
  /** 6.5.1.3.4. The same with data, for a number of up to 24 digits. */
  readonly AgentEvent_Preview_CallOut: PreviewWithData;
  /** 6.5.1.3.5. The same for several numbers, separated by commas, of up to 120 characters. */
  readonly AgentEvent_Preview_CallOut_Ex: PreviewWithData;

  // Recording (6.5.1.4).

  /** 6.5.1.4.1. Recording has begun. */
  readonly AgentMediaEvent_Record: Recording;
  /** 6.5.1.4.2. Recording could not begin. */
  readonly AgentMediaEvent_Record_Fail: Recording;
  /** 6.5.1.4.3. Recording has ended; times in milliseconds since 1970. */
  readonly AgentMediaEvent_StopRecordDone: {
    readonly beginTime: string;
    readonly endTime: string;
    readonly fileMediaType: '1' | '2';
    readonly taskId: string;
  };

  /** 13.1.1.7 and 13.1.1.8. Nothing at the agent's desk records the screen. */
  readonly AgentMediaEvent_StartRecordScreen_Fail: null;
  readonly AgentMediaEvent_StopRecordScreen_Fail: null;

  // Playing recordings (6.5.1.5).

  /** 6.5.1.5.1. Playing has been begun. */
  readonly AgentMediaEvent_Play: null;
  /** 6.5.1.5.2. The agent hears the recording. */
  readonly AgentMediaEvent_Play_Succ: null;
  /** 6.5.1.5.3. The recording cannot be played. */
  readonly AgentMediaEvent_Play_Fail: null;
  /** 6.5.1.5.4. Playing has ended: 0 all was played, 1 the agent stopped it, 2 it failed. */
  readonly AgentMediaEvent_StopPlayDone: { readonly cause: 0 | 1 | 2 };
  /** 6.5.1.5.5. Playing pauses. */
  readonly AgentMediaEvent_PausePlayDone: null;
  /** 6.5.1.5.6. Playing goes on. */
  readonly AgentMediaEvent_ResumePlayDone: null;
  /** 6.5.1.5.7. Playing goes on at another place. */
  readonly AgentMediaEvent_JumpPlayDone: null;

  // Inspection (6.5.1.6).

  /** 6.5.1.6.1. For inspectors: an agent whom they watch has signed in or out. */
  readonly QC_AgentState_Notify: {
    readonly subtype: 'QC_AgentState_Login' | 'QC_AgentState_Logout';
    readonly monitoredagent: string;
    readonly agentname: string;
    readonly mediaserver: 'CtiServer';
  };

  // The agent's phone (6.5.1.7).

  /** 6.5.1.7.1. Nothing is known of the phone. */
  readonly AgentOther_PhoneUnknow: null;
  /** 6.5.1.7.2. The phone is on-hook: 2 by the agent, 3 by the platform. */
  readonly AgentOther_PhoneRelease: { readonly phoneState: 2 | 3 };
  /** 6.5.1.7.3. The phone is off-hook. */
  readonly AgentOther_PhoneOffhook: { readonly type: CallType | 'unknown' };
  /** 6.5.1.7.4. The phone rings. Clients read of an inbound call what call it is, of others null, which is all that the reference knows. */
  readonly AgentOther_PhoneAlerting: { readonly callid: string; readonly caller: string } | null;
  /** 6.5.1.7.5. The phone takes no calls. */
  readonly AgentOther_PhoneBusy: null;

  // Other events of the agent (6.5.1.8).

  /** 6.5.1.8.1. Sign-in has begun: the first event of a session. */
  readonly AgentOther_InService: null;
  /** 6.5.1.8.2. Signed out: the last event of a session. When it began, in milliseconds since 1970. */
  readonly AgentOther_ShutdownService: { readonly loginTime: string };
  /** 6.5.1.8.3. All agents are occupied. */
  readonly AgentOther_All_Agent_Busy: null;

  // Multimedia (6.5.1.9).

  /** 6.5.1.9.1. A message of the customer. */
  readonly AgentEvent_MessageData: {
    readonly callid: string;
    readonly caller: string;
    readonly called: string;
    /** Call type of 6.5.4, here as a number. */
    readonly feature: number;
    readonly type: CallType;
    readonly message: string;
    readonly mediaAbility: MediaAbility;
  };
  /** 6.5.1.9.2. How to enter the video room of a call, as 6.1.5.4 tells it. */
  readonly AgentEvent_RequestConnect: {
    readonly callid: string;
    readonly userId: string;
    readonly ctime: string;
    readonly channelId: string;
    readonly role: string;
    readonly ip: string;
    readonly port: string;
    readonly signalingDomainIn: string;
    readonly signalingDomainOut: string;
    readonly locationId: string;
    readonly signature: string;
    /** The list of 6.5.1.9.2 says apId, its example appId. */
    readonly apId: string;
    readonly appId: string;
  };
  /** 6.5.1.9.3. How taking a picture of the customer ended: 0 taken, 1 failed, 2 the customer did not want it. */
  readonly AgentEvent_ImageCapture: { readonly callid: string; readonly result: 0 | 1 | 2; readonly filename: string; readonly locationId: number };

  // Agent conferences (6.5.1.10).

  /** 6.5.1.10.1. The conference is there, and the chair is in it. */
  readonly AgentConf_RequestSuccess: InConference;
  /** 6.5.1.10.2. There will be no conference; a code of Table 6-450. */
  readonly AgentConf_RequestFailed: { readonly cause: number };
  /** 6.5.1.10.3. The agent is in the conference. */
  readonly AgentConf_SelfJoinResult: InConference;
  /** 6.5.1.10.4. The end of the conference is near; 6.1.6.8 prolongs it. */
  readonly AgentConf_Timeout: InConference;
  /** 6.5.1.10.5. The agent is invited to a conference. */
  readonly AgentConf_Ringing: InConference;
  /** 6.5.1.10.6. Something happened to a participant. */
  readonly AgentConf_ParticipantChanged: {
    /** 0 success, else why not. */
    readonly result: number;
    /** Of those who left: 0 left, 1 removed by the chair, 2 hung up, 3 the conference ended, 4 signed out, 6 another reason. 255 of all else. */
    readonly changeReason: 0 | 1 | 2 | 3 | 4 | 6 | 255;
    /** 0 joined, 1 left, 2 became chair, 3 muted, 4 unmuted, 5 held, 6 back from hold. */
    readonly changeType: 0 | 1 | 2 | 3 | 4 | 5 | 6;
    readonly confId: number;
    readonly participant: string;
    /** 6 phone number, 9 work number. */
    readonly participantType: 6 | 9;
    readonly deviceCallType: number;
    readonly deviceType: number;
  };
  /** 6.5.1.10.7. The agent is out of the conference. */
  readonly AgentConf_SelfLeaveResult: InConference;
  /** 6.5.1.10.8. The agent is the chair now. */
  readonly AgentConf_PresidentChanged: InConference;
  /** 6.5.1.10.9. The announcement to the conference is over. */
  readonly AgentConf_StopVoice: Ended;
  /** 6.5.1.10.10. The announcement to a participant is over. */
  readonly AgentConf_StopParticipantVoice: Ended;

  // Recovery (6.5.1.11).

  /** 6.5.1.11. The gateway was restarted and knows the agent again; state of Table 6-452. Of the call of the moment events may be missing. */
  readonly Agent_Recover: { readonly agentStatus: string };

  // Linked phones (6.5.1.12).

  /** 6.5.1.12.1. Whether the phone was linked: 0 it was. */
  readonly AgentEvent_linkageCapability: Outcome;
  /** 6.5.1.12.2. The linked phone: 0 off-hook, 1 on-hook, 2 talking, 3 online, 4 offline, 5 ringing. Neither 3 nor 4 is told as yet. */
  readonly AgentEvent_linkagePhoneStatus: { readonly result: 0 | 1 | 2 | 3 | 4 | 5 };
  // What an agent does at the phone itself (6.5.1.12.3 to 6.5.1.12.9) is told nowhere as yet.

  /** 6.5.1.12.3. Muted at the phone. */
  readonly AgentEvent_linkagePhoneMute: OfCall;
  /** 6.5.1.12.4. No longer muted at the phone. */
  readonly AgentEvent_linkagePhoneUnMute: OfCall;
  /** 6.5.1.12.5. The agent transfers at the phone: where to, and from where. */
  readonly AgentEvent_linkagePhoneTransferOut: { readonly addrOut: LinkedAddress; readonly addrSelf: LinkedAddress };
  /** 6.5.1.12.6. How that ended: 0 success. */
  readonly AgentEvent_linkagePhoneTransferOut_Result: Outcome & OfCall;
  /** 6.5.1.12.7. Held at the phone. */
  readonly AgentEvent_linkagePhoneHold: OfCall;
  /** 6.5.1.12.8. Taken back at the phone. */
  readonly AgentEvent_linkagePhoneUnHold: OfCall;
  /** 6.5.1.12.9. The agent dials at the phone. The call will have another id. */
  readonly AgentEvent_linkagePhoneCallOut: {
    readonly addrCalled: LinkedAddress;
    readonly addrCaller: LinkedAddress;
    readonly skillId: number;
    readonly callId: string;
  };
}

export type AgentEventType = keyof AgentEvents;
