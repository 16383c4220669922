/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query ApiKeys {\n    viewer {\n      id\n      apiKeys {\n        id\n        name\n        scope\n        createdAt\n      }\n    }\n  }\n": typeof types.ApiKeysDocument,
    "\n  mutation CreateApiKey($name: String!, $scope: ApiKeyScope!) {\n    createApiKey(name: $name, scope: $scope) {\n      __typename\n      ... on ApiKeyCreated {\n        secret\n        apiKey {\n          id\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n": typeof types.CreateApiKeyDocument,
    "\n  mutation RevokeApiKey($id: ID!) {\n    revokeApiKey(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n": typeof types.RevokeApiKeyDocument,
    "\n  query ServerVersion {\n    version {\n      release\n    }\n  }\n": typeof types.ServerVersionDocument,
    "\n  mutation GenerateFullSong($input: GenerateFullSongInput!) {\n    generateFullSong(input: $input) {\n      __typename\n      ... on ProjectStarted {\n        project {\n          id\n        }\n      }\n      ... on InvalidInput {\n        message\n        field\n      }\n      ... on LimitExceeded {\n        message\n        retryAfterSeconds\n      }\n    }\n  }\n": typeof types.GenerateFullSongDocument,
    "\n  query RecentProjects {\n    projects(first: 4) {\n      nodes {\n        ...ProjectGlance\n        status\n        createdAt\n      }\n    }\n  }\n": typeof types.RecentProjectsDocument,
    "\n  query Styles {\n    styles {\n      id\n      name\n      timeSignatures\n      instruments\n      tempoBpm {\n        low\n        typical\n        high\n      }\n    }\n  }\n": typeof types.StylesDocument,
    "\n  query Understand($prompt: String!) {\n    understand(prompt: $prompt) {\n      facets {\n        name\n        label\n      }\n      notes\n    }\n  }\n": typeof types.UnderstandDocument,
    "\n  subscription Dashboard {\n    dashboard {\n      counts {\n        queued\n        running\n        completed\n        failed\n        cancelled\n      }\n      running {\n        id\n        title\n        status\n        progress\n        currentStage\n        queuePosition\n        etaSeconds\n      }\n      hours {\n        startsAt\n        finished\n        failed\n      }\n      workerAlive\n      workers {\n        id\n        startedAt\n        songsInWork\n        room\n      }\n    }\n  }\n": typeof types.DashboardDocument,
    "\n  query Lately {\n    finished: projects(first: 50, status: COMPLETED) {\n      nodes {\n        id\n        title\n        createdAt\n        completedAt\n        stages {\n          name\n          status\n          durationSeconds\n        }\n        song {\n          durationSeconds\n        }\n      }\n    }\n    failed: projects(first: 5, status: FAILED) {\n      nodes {\n        id\n        title\n        error\n      }\n    }\n  }\n": typeof types.LatelyDocument,
    "\n  mutation DeleteProject($id: ID!) {\n    deleteProject(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n": typeof types.DeleteProjectDocument,
    "\n  query Library(\n    $first: Int!\n    $after: String\n    $status: ProjectStatus\n    $search: String\n    $orderBy: ProjectOrder!\n  ) {\n    projects(\n      first: $first\n      after: $after\n      status: $status\n      search: $search\n      orderBy: $orderBy\n    ) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...ProjectGlance\n        prompt\n        status\n        progress\n        createdAt\n        error\n        song {\n          genre\n          tempoBpm\n          durationSeconds\n        }\n      }\n    }\n  }\n": typeof types.LibraryDocument,
    "\n  query Genres {\n    styles {\n      id\n      name\n    }\n  }\n": typeof types.GenresDocument,
    "\n  query SharedSong($token: String!) {\n    sharedSong(token: $token) {\n      title\n      song {\n        ...SongParts\n      }\n    }\n  }\n": typeof types.SharedSongDocument,
    "\n  fragment SongParts on Song {\n    seed\n    genre\n    mood\n    energy\n    tempoBpm\n    key\n    timeSignature\n    durationSeconds\n    notes\n    midiUrl\n    musicXmlUrl\n    lrcUrl\n    sections {\n      index\n      name\n      startBar\n      bars\n      startSeconds\n      durationSeconds\n      energy\n      chords {\n        symbol\n        startSeconds\n      }\n    }\n    tracks {\n      id\n      name\n      role\n      instrument\n      noteCount\n      muted\n      stem {\n        url\n        sizeBytes\n        peaks(points: 160)\n      }\n    }\n    lyrics {\n      text\n      syllables {\n        text\n        line\n        startSeconds\n        durationSeconds\n        wordEnd\n      }\n    }\n    preview {\n      format\n      url\n      durationSeconds\n    }\n    audio {\n      format\n      url\n      sizeBytes\n      durationSeconds\n      peaks(points: 800)\n    }\n    report {\n      loudnessLufs\n      soundBank\n      soundBankLicence\n      checks {\n        name\n        asked\n        measured\n        passed\n      }\n    }\n    downloads {\n      name\n      format\n      url\n      sizeBytes\n      ready\n    }\n  }\n": typeof types.SongPartsFragmentDoc,
    "\n  fragment StageParts on Stage {\n    name\n    status\n    progress\n    message\n    startedAt\n    durationSeconds\n    error\n    tracks {\n      trackId\n      progress\n      outline\n    }\n  }\n": typeof types.StagePartsFragmentDoc,
    "\n  fragment EditStarted on TakeStarted {\n    take {\n      id\n      number\n    }\n    project {\n      id\n      status\n    }\n  }\n": typeof types.EditStartedFragmentDoc,
    "\n  fragment EditRefused on Problem {\n    message\n    ... on InvalidInput {\n      field\n    }\n  }\n": typeof types.EditRefusedFragmentDoc,
    "\n  mutation RemixTake($input: RemixTakeInput!) {\n    started: remixTake(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n": typeof types.RemixTakeDocument,
    "\n  mutation RegenerateSection($input: RegenerateSectionInput!) {\n    started: regenerateSection(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n": typeof types.RegenerateSectionDocument,
    "\n  mutation ReviseTake($input: ReviseTakeInput!) {\n    started: reviseTake(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n": typeof types.ReviseTakeDocument,
    "\n  mutation MakeTake($input: MakeTakeInput!) {\n    started: makeTake(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n": typeof types.MakeTakeDocument,
    "\n  subscription ProjectEvents($projectId: ID!, $after: String) {\n    projectEvents(projectId: $projectId, after: $after) {\n      id\n      type\n      message\n      at\n      project {\n        id\n        status\n        progress\n        currentStage\n        queuePosition\n        etaSeconds\n        error\n        stages {\n          ...StageParts\n        }\n      }\n    }\n  }\n": typeof types.ProjectEventsDocument,
    "\n  query Project($id: ID!, $take: ID) {\n    project(id: $id) {\n      id\n      title\n      prompt\n      status\n      progress\n      currentStage\n      queuePosition\n      etaSeconds\n      createdAt\n      error\n      stages {\n        ...StageParts\n      }\n      shareUrl\n      currentTake {\n        id\n      }\n      takeInWork {\n        id\n      }\n      takes {\n        id\n        number\n        parentId\n        status\n        error\n        createdAt\n        progress\n        change {\n          kind\n          summary\n        }\n        song {\n          report {\n            loudnessLufs\n          }\n        }\n      }\n      take(id: $take) {\n        id\n        number\n        mix {\n          tracks {\n            trackId\n            gainDb\n            pan\n            muted\n          }\n        }\n        song {\n          ...SongParts\n        }\n      }\n    }\n  }\n": typeof types.ProjectDocument,
    "\n  mutation CancelProject($id: ID!) {\n    cancelProject(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n": typeof types.CancelProjectDocument,
    "\n  mutation RetryProject($id: ID!) {\n    retryProject(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n": typeof types.RetryProjectDocument,
    "\n  mutation ShareProject($id: ID!) {\n    shareProject(id: $id) {\n      __typename\n      ... on ProjectShared {\n        url\n        project {\n          id\n          shareUrl\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n": typeof types.ShareProjectDocument,
    "\n  mutation UnshareProject($id: ID!) {\n    unshareProject(id: $id) {\n      __typename\n      ... on ProjectUnshared {\n        project {\n          id\n          shareUrl\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n": typeof types.UnshareProjectDocument,
    "\n  mutation ChooseTake($id: ID!) {\n    chooseTake(id: $id) {\n      __typename\n      ... on TakeChosen {\n        project {\n          id\n          currentTake {\n            id\n          }\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n": typeof types.ChooseTakeDocument,
    "\n  mutation RetryTake($id: ID!) {\n    retryTake(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n": typeof types.RetryTakeDocument,
    "\n  mutation DeleteTake($id: ID!) {\n    deleteTake(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n": typeof types.DeleteTakeDocument,
    "\n  fragment ProjectGlance on Project {\n    id\n    title\n    song {\n      seed\n      key\n      sections {\n        bars\n        energy\n      }\n      tracks {\n        id\n        stem {\n          url\n        }\n      }\n      audio {\n        format\n        url\n        durationSeconds\n      }\n    }\n  }\n": typeof types.ProjectGlanceFragmentDoc,
    "\n  mutation RenameProject($id: ID!, $title: String!) {\n    renameProject(id: $id, title: $title) {\n      __typename\n      ... on ProjectRenamed {\n        project {\n          id\n          title\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n": typeof types.RenameProjectDocument,
};
const documents: Documents = {
    "\n  query ApiKeys {\n    viewer {\n      id\n      apiKeys {\n        id\n        name\n        scope\n        createdAt\n      }\n    }\n  }\n": types.ApiKeysDocument,
    "\n  mutation CreateApiKey($name: String!, $scope: ApiKeyScope!) {\n    createApiKey(name: $name, scope: $scope) {\n      __typename\n      ... on ApiKeyCreated {\n        secret\n        apiKey {\n          id\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n": types.CreateApiKeyDocument,
    "\n  mutation RevokeApiKey($id: ID!) {\n    revokeApiKey(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n": types.RevokeApiKeyDocument,
    "\n  query ServerVersion {\n    version {\n      release\n    }\n  }\n": types.ServerVersionDocument,
    "\n  mutation GenerateFullSong($input: GenerateFullSongInput!) {\n    generateFullSong(input: $input) {\n      __typename\n      ... on ProjectStarted {\n        project {\n          id\n        }\n      }\n      ... on InvalidInput {\n        message\n        field\n      }\n      ... on LimitExceeded {\n        message\n        retryAfterSeconds\n      }\n    }\n  }\n": types.GenerateFullSongDocument,
    "\n  query RecentProjects {\n    projects(first: 4) {\n      nodes {\n        ...ProjectGlance\n        status\n        createdAt\n      }\n    }\n  }\n": types.RecentProjectsDocument,
    "\n  query Styles {\n    styles {\n      id\n      name\n      timeSignatures\n      instruments\n      tempoBpm {\n        low\n        typical\n        high\n      }\n    }\n  }\n": types.StylesDocument,
    "\n  query Understand($prompt: String!) {\n    understand(prompt: $prompt) {\n      facets {\n        name\n        label\n      }\n      notes\n    }\n  }\n": types.UnderstandDocument,
    "\n  subscription Dashboard {\n    dashboard {\n      counts {\n        queued\n        running\n        completed\n        failed\n        cancelled\n      }\n      running {\n        id\n        title\n        status\n        progress\n        currentStage\n        queuePosition\n        etaSeconds\n      }\n      hours {\n        startsAt\n        finished\n        failed\n      }\n      workerAlive\n      workers {\n        id\n        startedAt\n        songsInWork\n        room\n      }\n    }\n  }\n": types.DashboardDocument,
    "\n  query Lately {\n    finished: projects(first: 50, status: COMPLETED) {\n      nodes {\n        id\n        title\n        createdAt\n        completedAt\n        stages {\n          name\n          status\n          durationSeconds\n        }\n        song {\n          durationSeconds\n        }\n      }\n    }\n    failed: projects(first: 5, status: FAILED) {\n      nodes {\n        id\n        title\n        error\n      }\n    }\n  }\n": types.LatelyDocument,
    "\n  mutation DeleteProject($id: ID!) {\n    deleteProject(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n": types.DeleteProjectDocument,
    "\n  query Library(\n    $first: Int!\n    $after: String\n    $status: ProjectStatus\n    $search: String\n    $orderBy: ProjectOrder!\n  ) {\n    projects(\n      first: $first\n      after: $after\n      status: $status\n      search: $search\n      orderBy: $orderBy\n    ) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...ProjectGlance\n        prompt\n        status\n        progress\n        createdAt\n        error\n        song {\n          genre\n          tempoBpm\n          durationSeconds\n        }\n      }\n    }\n  }\n": types.LibraryDocument,
    "\n  query Genres {\n    styles {\n      id\n      name\n    }\n  }\n": types.GenresDocument,
    "\n  query SharedSong($token: String!) {\n    sharedSong(token: $token) {\n      title\n      song {\n        ...SongParts\n      }\n    }\n  }\n": types.SharedSongDocument,
    "\n  fragment SongParts on Song {\n    seed\n    genre\n    mood\n    energy\n    tempoBpm\n    key\n    timeSignature\n    durationSeconds\n    notes\n    midiUrl\n    musicXmlUrl\n    lrcUrl\n    sections {\n      index\n      name\n      startBar\n      bars\n      startSeconds\n      durationSeconds\n      energy\n      chords {\n        symbol\n        startSeconds\n      }\n    }\n    tracks {\n      id\n      name\n      role\n      instrument\n      noteCount\n      muted\n      stem {\n        url\n        sizeBytes\n        peaks(points: 160)\n      }\n    }\n    lyrics {\n      text\n      syllables {\n        text\n        line\n        startSeconds\n        durationSeconds\n        wordEnd\n      }\n    }\n    preview {\n      format\n      url\n      durationSeconds\n    }\n    audio {\n      format\n      url\n      sizeBytes\n      durationSeconds\n      peaks(points: 800)\n    }\n    report {\n      loudnessLufs\n      soundBank\n      soundBankLicence\n      checks {\n        name\n        asked\n        measured\n        passed\n      }\n    }\n    downloads {\n      name\n      format\n      url\n      sizeBytes\n      ready\n    }\n  }\n": types.SongPartsFragmentDoc,
    "\n  fragment StageParts on Stage {\n    name\n    status\n    progress\n    message\n    startedAt\n    durationSeconds\n    error\n    tracks {\n      trackId\n      progress\n      outline\n    }\n  }\n": types.StagePartsFragmentDoc,
    "\n  fragment EditStarted on TakeStarted {\n    take {\n      id\n      number\n    }\n    project {\n      id\n      status\n    }\n  }\n": types.EditStartedFragmentDoc,
    "\n  fragment EditRefused on Problem {\n    message\n    ... on InvalidInput {\n      field\n    }\n  }\n": types.EditRefusedFragmentDoc,
    "\n  mutation RemixTake($input: RemixTakeInput!) {\n    started: remixTake(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n": types.RemixTakeDocument,
    "\n  mutation RegenerateSection($input: RegenerateSectionInput!) {\n    started: regenerateSection(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n": types.RegenerateSectionDocument,
    "\n  mutation ReviseTake($input: ReviseTakeInput!) {\n    started: reviseTake(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n": types.ReviseTakeDocument,
    "\n  mutation MakeTake($input: MakeTakeInput!) {\n    started: makeTake(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n": types.MakeTakeDocument,
    "\n  subscription ProjectEvents($projectId: ID!, $after: String) {\n    projectEvents(projectId: $projectId, after: $after) {\n      id\n      type\n      message\n      at\n      project {\n        id\n        status\n        progress\n        currentStage\n        queuePosition\n        etaSeconds\n        error\n        stages {\n          ...StageParts\n        }\n      }\n    }\n  }\n": types.ProjectEventsDocument,
    "\n  query Project($id: ID!, $take: ID) {\n    project(id: $id) {\n      id\n      title\n      prompt\n      status\n      progress\n      currentStage\n      queuePosition\n      etaSeconds\n      createdAt\n      error\n      stages {\n        ...StageParts\n      }\n      shareUrl\n      currentTake {\n        id\n      }\n      takeInWork {\n        id\n      }\n      takes {\n        id\n        number\n        parentId\n        status\n        error\n        createdAt\n        progress\n        change {\n          kind\n          summary\n        }\n        song {\n          report {\n            loudnessLufs\n          }\n        }\n      }\n      take(id: $take) {\n        id\n        number\n        mix {\n          tracks {\n            trackId\n            gainDb\n            pan\n            muted\n          }\n        }\n        song {\n          ...SongParts\n        }\n      }\n    }\n  }\n": types.ProjectDocument,
    "\n  mutation CancelProject($id: ID!) {\n    cancelProject(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n": types.CancelProjectDocument,
    "\n  mutation RetryProject($id: ID!) {\n    retryProject(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n": types.RetryProjectDocument,
    "\n  mutation ShareProject($id: ID!) {\n    shareProject(id: $id) {\n      __typename\n      ... on ProjectShared {\n        url\n        project {\n          id\n          shareUrl\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n": types.ShareProjectDocument,
    "\n  mutation UnshareProject($id: ID!) {\n    unshareProject(id: $id) {\n      __typename\n      ... on ProjectUnshared {\n        project {\n          id\n          shareUrl\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n": types.UnshareProjectDocument,
    "\n  mutation ChooseTake($id: ID!) {\n    chooseTake(id: $id) {\n      __typename\n      ... on TakeChosen {\n        project {\n          id\n          currentTake {\n            id\n          }\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n": types.ChooseTakeDocument,
    "\n  mutation RetryTake($id: ID!) {\n    retryTake(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n": types.RetryTakeDocument,
    "\n  mutation DeleteTake($id: ID!) {\n    deleteTake(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n": types.DeleteTakeDocument,
    "\n  fragment ProjectGlance on Project {\n    id\n    title\n    song {\n      seed\n      key\n      sections {\n        bars\n        energy\n      }\n      tracks {\n        id\n        stem {\n          url\n        }\n      }\n      audio {\n        format\n        url\n        durationSeconds\n      }\n    }\n  }\n": types.ProjectGlanceFragmentDoc,
    "\n  mutation RenameProject($id: ID!, $title: String!) {\n    renameProject(id: $id, title: $title) {\n      __typename\n      ... on ProjectRenamed {\n        project {\n          id\n          title\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n": types.RenameProjectDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ApiKeys {\n    viewer {\n      id\n      apiKeys {\n        id\n        name\n        scope\n        createdAt\n      }\n    }\n  }\n"): (typeof documents)["\n  query ApiKeys {\n    viewer {\n      id\n      apiKeys {\n        id\n        name\n        scope\n        createdAt\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateApiKey($name: String!, $scope: ApiKeyScope!) {\n    createApiKey(name: $name, scope: $scope) {\n      __typename\n      ... on ApiKeyCreated {\n        secret\n        apiKey {\n          id\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateApiKey($name: String!, $scope: ApiKeyScope!) {\n    createApiKey(name: $name, scope: $scope) {\n      __typename\n      ... on ApiKeyCreated {\n        secret\n        apiKey {\n          id\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeApiKey($id: ID!) {\n    revokeApiKey(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeApiKey($id: ID!) {\n    revokeApiKey(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ServerVersion {\n    version {\n      release\n    }\n  }\n"): (typeof documents)["\n  query ServerVersion {\n    version {\n      release\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation GenerateFullSong($input: GenerateFullSongInput!) {\n    generateFullSong(input: $input) {\n      __typename\n      ... on ProjectStarted {\n        project {\n          id\n        }\n      }\n      ... on InvalidInput {\n        message\n        field\n      }\n      ... on LimitExceeded {\n        message\n        retryAfterSeconds\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation GenerateFullSong($input: GenerateFullSongInput!) {\n    generateFullSong(input: $input) {\n      __typename\n      ... on ProjectStarted {\n        project {\n          id\n        }\n      }\n      ... on InvalidInput {\n        message\n        field\n      }\n      ... on LimitExceeded {\n        message\n        retryAfterSeconds\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RecentProjects {\n    projects(first: 4) {\n      nodes {\n        ...ProjectGlance\n        status\n        createdAt\n      }\n    }\n  }\n"): (typeof documents)["\n  query RecentProjects {\n    projects(first: 4) {\n      nodes {\n        ...ProjectGlance\n        status\n        createdAt\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Styles {\n    styles {\n      id\n      name\n      timeSignatures\n      instruments\n      tempoBpm {\n        low\n        typical\n        high\n      }\n    }\n  }\n"): (typeof documents)["\n  query Styles {\n    styles {\n      id\n      name\n      timeSignatures\n      instruments\n      tempoBpm {\n        low\n        typical\n        high\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Understand($prompt: String!) {\n    understand(prompt: $prompt) {\n      facets {\n        name\n        label\n      }\n      notes\n    }\n  }\n"): (typeof documents)["\n  query Understand($prompt: String!) {\n    understand(prompt: $prompt) {\n      facets {\n        name\n        label\n      }\n      notes\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Dashboard {\n    dashboard {\n      counts {\n        queued\n        running\n        completed\n        failed\n        cancelled\n      }\n      running {\n        id\n        title\n        status\n        progress\n        currentStage\n        queuePosition\n        etaSeconds\n      }\n      hours {\n        startsAt\n        finished\n        failed\n      }\n      workerAlive\n      workers {\n        id\n        startedAt\n        songsInWork\n        room\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription Dashboard {\n    dashboard {\n      counts {\n        queued\n        running\n        completed\n        failed\n        cancelled\n      }\n      running {\n        id\n        title\n        status\n        progress\n        currentStage\n        queuePosition\n        etaSeconds\n      }\n      hours {\n        startsAt\n        finished\n        failed\n      }\n      workerAlive\n      workers {\n        id\n        startedAt\n        songsInWork\n        room\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Lately {\n    finished: projects(first: 50, status: COMPLETED) {\n      nodes {\n        id\n        title\n        createdAt\n        completedAt\n        stages {\n          name\n          status\n          durationSeconds\n        }\n        song {\n          durationSeconds\n        }\n      }\n    }\n    failed: projects(first: 5, status: FAILED) {\n      nodes {\n        id\n        title\n        error\n      }\n    }\n  }\n"): (typeof documents)["\n  query Lately {\n    finished: projects(first: 50, status: COMPLETED) {\n      nodes {\n        id\n        title\n        createdAt\n        completedAt\n        stages {\n          name\n          status\n          durationSeconds\n        }\n        song {\n          durationSeconds\n        }\n      }\n    }\n    failed: projects(first: 5, status: FAILED) {\n      nodes {\n        id\n        title\n        error\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteProject($id: ID!) {\n    deleteProject(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteProject($id: ID!) {\n    deleteProject(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Library(\n    $first: Int!\n    $after: String\n    $status: ProjectStatus\n    $search: String\n    $orderBy: ProjectOrder!\n  ) {\n    projects(\n      first: $first\n      after: $after\n      status: $status\n      search: $search\n      orderBy: $orderBy\n    ) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...ProjectGlance\n        prompt\n        status\n        progress\n        createdAt\n        error\n        song {\n          genre\n          tempoBpm\n          durationSeconds\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Library(\n    $first: Int!\n    $after: String\n    $status: ProjectStatus\n    $search: String\n    $orderBy: ProjectOrder!\n  ) {\n    projects(\n      first: $first\n      after: $after\n      status: $status\n      search: $search\n      orderBy: $orderBy\n    ) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...ProjectGlance\n        prompt\n        status\n        progress\n        createdAt\n        error\n        song {\n          genre\n          tempoBpm\n          durationSeconds\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Genres {\n    styles {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  query Genres {\n    styles {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SharedSong($token: String!) {\n    sharedSong(token: $token) {\n      title\n      song {\n        ...SongParts\n      }\n    }\n  }\n"): (typeof documents)["\n  query SharedSong($token: String!) {\n    sharedSong(token: $token) {\n      title\n      song {\n        ...SongParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SongParts on Song {\n    seed\n    genre\n    mood\n    energy\n    tempoBpm\n    key\n    timeSignature\n    durationSeconds\n    notes\n    midiUrl\n    musicXmlUrl\n    lrcUrl\n    sections {\n      index\n      name\n      startBar\n      bars\n      startSeconds\n      durationSeconds\n      energy\n      chords {\n        symbol\n        startSeconds\n      }\n    }\n    tracks {\n      id\n      name\n      role\n      instrument\n      noteCount\n      muted\n      stem {\n        url\n        sizeBytes\n        peaks(points: 160)\n      }\n    }\n    lyrics {\n      text\n      syllables {\n        text\n        line\n        startSeconds\n        durationSeconds\n        wordEnd\n      }\n    }\n    preview {\n      format\n      url\n      durationSeconds\n    }\n    audio {\n      format\n      url\n      sizeBytes\n      durationSeconds\n      peaks(points: 800)\n    }\n    report {\n      loudnessLufs\n      soundBank\n      soundBankLicence\n      checks {\n        name\n        asked\n        measured\n        passed\n      }\n    }\n    downloads {\n      name\n      format\n      url\n      sizeBytes\n      ready\n    }\n  }\n"): (typeof documents)["\n  fragment SongParts on Song {\n    seed\n    genre\n    mood\n    energy\n    tempoBpm\n    key\n    timeSignature\n    durationSeconds\n    notes\n    midiUrl\n    musicXmlUrl\n    lrcUrl\n    sections {\n      index\n      name\n      startBar\n      bars\n      startSeconds\n      durationSeconds\n      energy\n      chords {\n        symbol\n        startSeconds\n      }\n    }\n    tracks {\n      id\n      name\n      role\n      instrument\n      noteCount\n      muted\n      stem {\n        url\n        sizeBytes\n        peaks(points: 160)\n      }\n    }\n    lyrics {\n      text\n      syllables {\n        text\n        line\n        startSeconds\n        durationSeconds\n        wordEnd\n      }\n    }\n    preview {\n      format\n      url\n      durationSeconds\n    }\n    audio {\n      format\n      url\n      sizeBytes\n      durationSeconds\n      peaks(points: 800)\n    }\n    report {\n      loudnessLufs\n      soundBank\n      soundBankLicence\n      checks {\n        name\n        asked\n        measured\n        passed\n      }\n    }\n    downloads {\n      name\n      format\n      url\n      sizeBytes\n      ready\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment StageParts on Stage {\n    name\n    status\n    progress\n    message\n    startedAt\n    durationSeconds\n    error\n    tracks {\n      trackId\n      progress\n      outline\n    }\n  }\n"): (typeof documents)["\n  fragment StageParts on Stage {\n    name\n    status\n    progress\n    message\n    startedAt\n    durationSeconds\n    error\n    tracks {\n      trackId\n      progress\n      outline\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EditStarted on TakeStarted {\n    take {\n      id\n      number\n    }\n    project {\n      id\n      status\n    }\n  }\n"): (typeof documents)["\n  fragment EditStarted on TakeStarted {\n    take {\n      id\n      number\n    }\n    project {\n      id\n      status\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EditRefused on Problem {\n    message\n    ... on InvalidInput {\n      field\n    }\n  }\n"): (typeof documents)["\n  fragment EditRefused on Problem {\n    message\n    ... on InvalidInput {\n      field\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemixTake($input: RemixTakeInput!) {\n    started: remixTake(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n"): (typeof documents)["\n  mutation RemixTake($input: RemixTakeInput!) {\n    started: remixTake(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RegenerateSection($input: RegenerateSectionInput!) {\n    started: regenerateSection(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n"): (typeof documents)["\n  mutation RegenerateSection($input: RegenerateSectionInput!) {\n    started: regenerateSection(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReviseTake($input: ReviseTakeInput!) {\n    started: reviseTake(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n"): (typeof documents)["\n  mutation ReviseTake($input: ReviseTakeInput!) {\n    started: reviseTake(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MakeTake($input: MakeTakeInput!) {\n    started: makeTake(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n"): (typeof documents)["\n  mutation MakeTake($input: MakeTakeInput!) {\n    started: makeTake(input: $input) {\n      __typename\n      ...EditStarted\n      ...EditRefused\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ProjectEvents($projectId: ID!, $after: String) {\n    projectEvents(projectId: $projectId, after: $after) {\n      id\n      type\n      message\n      at\n      project {\n        id\n        status\n        progress\n        currentStage\n        queuePosition\n        etaSeconds\n        error\n        stages {\n          ...StageParts\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription ProjectEvents($projectId: ID!, $after: String) {\n    projectEvents(projectId: $projectId, after: $after) {\n      id\n      type\n      message\n      at\n      project {\n        id\n        status\n        progress\n        currentStage\n        queuePosition\n        etaSeconds\n        error\n        stages {\n          ...StageParts\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Project($id: ID!, $take: ID) {\n    project(id: $id) {\n      id\n      title\n      prompt\n      status\n      progress\n      currentStage\n      queuePosition\n      etaSeconds\n      createdAt\n      error\n      stages {\n        ...StageParts\n      }\n      shareUrl\n      currentTake {\n        id\n      }\n      takeInWork {\n        id\n      }\n      takes {\n        id\n        number\n        parentId\n        status\n        error\n        createdAt\n        progress\n        change {\n          kind\n          summary\n        }\n        song {\n          report {\n            loudnessLufs\n          }\n        }\n      }\n      take(id: $take) {\n        id\n        number\n        mix {\n          tracks {\n            trackId\n            gainDb\n            pan\n            muted\n          }\n        }\n        song {\n          ...SongParts\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Project($id: ID!, $take: ID) {\n    project(id: $id) {\n      id\n      title\n      prompt\n      status\n      progress\n      currentStage\n      queuePosition\n      etaSeconds\n      createdAt\n      error\n      stages {\n        ...StageParts\n      }\n      shareUrl\n      currentTake {\n        id\n      }\n      takeInWork {\n        id\n      }\n      takes {\n        id\n        number\n        parentId\n        status\n        error\n        createdAt\n        progress\n        change {\n          kind\n          summary\n        }\n        song {\n          report {\n            loudnessLufs\n          }\n        }\n      }\n      take(id: $take) {\n        id\n        number\n        mix {\n          tracks {\n            trackId\n            gainDb\n            pan\n            muted\n          }\n        }\n        song {\n          ...SongParts\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelProject($id: ID!) {\n    cancelProject(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CancelProject($id: ID!) {\n    cancelProject(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetryProject($id: ID!) {\n    retryProject(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RetryProject($id: ID!) {\n    retryProject(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ShareProject($id: ID!) {\n    shareProject(id: $id) {\n      __typename\n      ... on ProjectShared {\n        url\n        project {\n          id\n          shareUrl\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ShareProject($id: ID!) {\n    shareProject(id: $id) {\n      __typename\n      ... on ProjectShared {\n        url\n        project {\n          id\n          shareUrl\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UnshareProject($id: ID!) {\n    unshareProject(id: $id) {\n      __typename\n      ... on ProjectUnshared {\n        project {\n          id\n          shareUrl\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UnshareProject($id: ID!) {\n    unshareProject(id: $id) {\n      __typename\n      ... on ProjectUnshared {\n        project {\n          id\n          shareUrl\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChooseTake($id: ID!) {\n    chooseTake(id: $id) {\n      __typename\n      ... on TakeChosen {\n        project {\n          id\n          currentTake {\n            id\n          }\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChooseTake($id: ID!) {\n    chooseTake(id: $id) {\n      __typename\n      ... on TakeChosen {\n        project {\n          id\n          currentTake {\n            id\n          }\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetryTake($id: ID!) {\n    retryTake(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RetryTake($id: ID!) {\n    retryTake(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteTake($id: ID!) {\n    deleteTake(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteTake($id: ID!) {\n    deleteTake(id: $id) {\n      __typename\n      ... on Problem {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProjectGlance on Project {\n    id\n    title\n    song {\n      seed\n      key\n      sections {\n        bars\n        energy\n      }\n      tracks {\n        id\n        stem {\n          url\n        }\n      }\n      audio {\n        format\n        url\n        durationSeconds\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment ProjectGlance on Project {\n    id\n    title\n    song {\n      seed\n      key\n      sections {\n        bars\n        energy\n      }\n      tracks {\n        id\n        stem {\n          url\n        }\n      }\n      audio {\n        format\n        url\n        durationSeconds\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenameProject($id: ID!, $title: String!) {\n    renameProject(id: $id, title: $title) {\n      __typename\n      ... on ProjectRenamed {\n        project {\n          id\n          title\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RenameProject($id: ID!, $title: String!) {\n    renameProject(id: $id, title: $title) {\n      __typename\n      ... on ProjectRenamed {\n        project {\n          id\n          title\n        }\n      }\n      ... on Problem {\n        message\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;