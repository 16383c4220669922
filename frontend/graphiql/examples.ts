/** The tabs GraphiQL opens with: one sentence to a finished song, in the order one would try it. */
export const examples = [
  {
    query: `# 1. Start a song. Copy the id from the answer into the next tabs.
mutation MakeASong($input: GenerateFullSongInput!) {
  generateFullSong(input: $input) {
    __typename
    ... on ProjectStarted {
      project { id title status }
    }
    ... on Problem { message code }
  }
}
`,
    variables: JSON.stringify(
      {
        input: {
          prompt: "A lo-fi tune for a rainy night train with a warm electric piano",
          style: { tempoBpm: 74, key: "D minor" },
          durationSeconds: 60,
        },
      },
      null,
      2,
    ),
  },
  {
    query: `# 2. Watch it being made: what has happened already, then live.
subscription WatchASong($id: ID!, $after: String) {
  projectEvents(projectId: $id, after: $after) {
    id
    type
    stage
    progress
    message
    error
    at
  }
}
`,
    variables: JSON.stringify({ id: "" }, null, 2),
  },
  {
    query: `# 3. The song: form, chords, instruments, files and what was measured.
query ASong($id: ID!) {
  project(id: $id) {
    title
    status
    progress
    song {
      tempoBpm
      key
      timeSignature
      durationSeconds
      sections { name startBar bars energy chords { symbol startBeat } }
      tracks { name instrument noteCount stem { url sizeBytes } }
      audio { format url sizeBytes }
      midiUrl
      musicXmlUrl
      report { loudnessLufs truePeakDbtp checks { name asked measured passed } }
    }
  }
}
`,
    variables: JSON.stringify({ id: "" }, null, 2),
  },
  {
    query: `# 4. The library, newest first.
query Library {
  projects(first: 10) {
    totalCount
    nodes { id title status progress createdAt }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    query: `# 5. What the composer knows.
query Styles {
  styles {
    id
    name
    tempoBpm { low typical high }
    timeSignatures
    instruments
  }
}
`,
  },
];
